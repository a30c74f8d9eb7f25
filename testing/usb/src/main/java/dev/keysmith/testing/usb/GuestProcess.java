package dev.keysmith.testing.usb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs in the guest.
 *
 * <p>What it writes is kept as it comes; a test waits for a part of it and answers. Thread-safe.
 */
public final class GuestProcess implements AutoCloseable {

  private static final int SIGKILL = 9;

  private final Agent agent;
  private final int number;
  private final String command;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private int seen;
  private OptionalInt exit = OptionalInt.empty();
  private @Nullable String broken;

  GuestProcess(Agent agent, int number, List<String> command) {
    this.agent = agent;
    this.number = number;
    this.command = String.join(" ", command);
  }

  /** Writes to its standard input, or types on its terminal. */
  public void write(String text) {
    agent.send("input", number, Agent.encode(text));
  }

  /** Ends its standard input. */
  public void endInput() {
    agent.send("end", number);
  }

  /** Sends a signal to it and all that it has started. */
  public void signal(int signal) {
    agent.send("signal", number, Integer.toString(signal));
  }

  /** Ends it and all that it has started, without a chance to tidy up. */
  public void kill() {
    signal(SIGKILL);
  }

  /**
   * Waits until it has written a text to standard output, after the one that was waited for last.
   *
   * @return what it wrote between the two
   * @throws IllegalStateException if it ends or the time is over before
   */
  public synchronized String awaitOutput(String text, Duration timeout) {
    boolean found = await(timeout, () -> text(out).indexOf(text, seen) >= 0 || ended());
    int position = text(out).indexOf(text, seen);
    if (!found || position < 0) {
      throw failure("did not write \"" + text + "\"", timeout);
    }
    String between = text(out).substring(seen, position);
    seen = position + text.length();
    return between;
  }

  /**
   * Waits until it has written a whole line that begins with a text to standard output.
   *
   * @param number of the line among those that begin so; the first is 0
   * @return the rest of the line
   * @throws IllegalStateException if it ends or the time is over before
   */
  public synchronized String awaitLine(String beginning, int number, Duration timeout) {
    await(timeout, () -> line(beginning, number).isPresent() || ended());
    return line(beginning, number)
        .orElseThrow(() -> failure("did not write \"" + beginning + "\"", timeout));
  }

  private Optional<String> line(String beginning, int number) {
    String all = text(out);
    return all.substring(0, all.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.startsWith(beginning))
        .skip(number)
        .findFirst()
        .map(line -> line.substring(beginning.length()));
  }

  /**
   * Waits for its end.
   *
   * @throws IllegalStateException if the time is over before; the process is killed then
   */
  public synchronized Finished await(Duration timeout) {
    if (!await(timeout, this::ended) || broken != null) {
      if (broken == null) {
        kill();
      }
      throw failure("did not end", timeout);
    }
    return new Finished(command, exit.orElseThrow(), text(out), text(err));
  }

  /** Kills it if it still runs. */
  @Override
  public void close() {
    if (isRunning()) {
      kill();
    }
    agent.forget(number);
  }

  /** Whether it has not ended yet. */
  public synchronized boolean isRunning() {
    return !ended();
  }

  private boolean ended() {
    return exit.isPresent() || broken != null;
  }

  private boolean await(Duration timeout, BooleanSupplier condition) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private IllegalStateException failure(String what, Duration timeout) {
    String state = broken != null ? broken : exit.isPresent() ? "exit code " + exit : "still runs";
    return new IllegalStateException(
        "In the guest, \"%s\" %s within %s (%s). It wrote:%n%s%n%s"
            .formatted(command, what, timeout, state, text(out), text(err)));
  }

  synchronized void addOut(byte[] bytes) {
    out.writeBytes(bytes);
    notifyAll();
  }

  synchronized void addErr(byte[] bytes) {
    err.writeBytes(bytes);
    notifyAll();
  }

  synchronized void end(int code) {
    exit = OptionalInt.of(code);
    notifyAll();
  }

  synchronized void fail(String reason) {
    if (!ended()) {
      broken = reason;
      notifyAll();
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
