package dev.keysmith.testing.usb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The host's end of the serial line to {@code agent.py}, which documents the messages. */
final class Agent implements AutoCloseable {

  private final SocketChannel line;
  private final Map<Integer, GuestProcess> processes = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile boolean gone;

  Agent(SocketChannel line) {
    this.line = line;
    Thread listener = new Thread(this::listen, "guest agent");
    listener.setDaemon(true);
    listener.start();
  }

  /** Whether the guest is up in time. */
  boolean awaitReady(Duration timeout) throws InterruptedException {
    return ready.await(timeout.toMillis(), TimeUnit.MILLISECONDS) && !gone;
  }

  GuestProcess start(boolean terminal, List<String> command) {
    int number = numbers.incrementAndGet();
    GuestProcess process = new GuestProcess(this, number, command);
    processes.put(number, process);
    List<String> words = new ArrayList<>();
    words.add(terminal ? "terminal" : "pipe");
    command.forEach(word -> words.add(encode(word)));
    send("start", number, words.toArray(String[]::new));
    return process;
  }

  void forget(int number) {
    processes.remove(number);
  }

  synchronized void send(String verb, int number, String... words) {
    String message = verb + " " + number + (words.length == 0 ? "" : " ");
    ByteBuffer bytes = StandardCharsets.US_ASCII.encode(message + String.join(" ", words) + "\n");
    try {
      while (bytes.hasRemaining()) {
        line.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The guest cannot be reached; see its serial.log.", e);
    }
  }

  private void listen() {
    try (BufferedReader reader =
        new BufferedReader(Channels.newReader(line, StandardCharsets.US_ASCII))) {
      for (String message = reader.readLine(); message != null; message = reader.readLine()) {
        take(message.split(" "));
      }
    } catch (IOException e) {
      // The guest is gone, as at the end of the line.
    } finally {
      gone = true;
      ready.countDown();
      processes.values().forEach(process -> process.fail("the guest has stopped"));
    }
  }

  private void take(String[] words) {
    if (words[0].equals("ready")) {
      ready.countDown();
      return;
    }
    GuestProcess process = processes.get(Integer.parseInt(words[1]));
    if (process != null) {
      switch (words[0]) {
        case "out" -> process.addOut(Base64.getDecoder().decode(words[2]));
        case "err" -> process.addErr(Base64.getDecoder().decode(words[2]));
        case "exit" -> process.end(Integer.parseInt(words[2]));
        case "failed" -> process.fail(decode(words[2]));
        default -> throw new IllegalStateException("The guest's agent says " + words[0] + ".");
      }
    }
  }

  static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  /** Hangs up, whereupon the guest powers itself off. */
  @Override
  public void close() throws IOException {
    line.close();
  }
}
