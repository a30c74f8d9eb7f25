package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * CTAPHID, the host's side: a channel to one security key (CTAP 2.1, section 11.2).
 *
 * <p>An exchange that does not end as it should leaves the channel out of step: an answer may still
 * be on its way. The next one then starts with an INIT, which makes the key drop what it was doing
 * and, as packets keep their order, marks where the stale ones end (section 11.2.9.1.3).
 */
final class CtapHid {

  /** How often a waiting thread looks whether it has been cancelled. */
  private static final Duration SLICE = Duration.ofMillis(100);

  private static final int STALE_PACKETS = 256;

  private static final int KEEPALIVE_CANCEL = 0x2D;

  private final PacketPipe pipe;
  private final Timeouts patience;
  private final Handshake handshake;
  private int channel;
  private boolean outOfStep;

  // Guarded by this, which is held while a message is written: no CANCEL goes between its packets.
  private @Nullable Thread exchanging;
  private boolean sent;
  private boolean cancelled;

  /**
   * Allocates a channel.
   *
   * @throws PluginException {@code REJECTED} if the key has no FIDO2; {@code KEY_BUSY} and {@code
   *     UNAVAILABLE} if it does not answer
   */
  CtapHid(PacketPipe pipe, RandomGenerator random, Timeouts patience) {
    this.pipe = pipe;
    this.patience = patience;
    this.handshake = new Handshake(pipe, random, patience);
    this.channel = handshake.allocate(Deadline.in(patience.busy()));
  }

  /** As {@link dev.keysmith.spi.key.KeyConnection#exchange}. */
  byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
    if (request.length == 0 || request.length > Message.LONGEST) {
      throw new IllegalArgumentException("A request has 1 to 7609 bytes: " + request.length);
    }
    Deadline deadline = Deadline.in(timeout);
    begin();
    try {
      prepare(deadline);
      byte[] response =
          response(call(new Message(Message.CBOR, request), deadline, timeout, listener));
      outOfStep = false;
      return response;
    } catch (RuntimeException e) {
      cancelQuietly();
      throw e;
    } finally {
      end();
    }
  }

  /** As {@link dev.keysmith.spi.key.KeyConnection#cancel}. */
  synchronized void cancel() {
    if (exchanging != null && !cancelled) {
      cancelled = true;
      if (sent) {
        write(new Message(Message.CANCEL, new byte[0]));
      }
    }
  }

  /** Waits until no other thread is in an exchange. */
  synchronized void awaitEnd(Deadline deadline) throws InterruptedException {
    while (exchanging != null && exchanging != Thread.currentThread() && !deadline.passed()) {
      wait(Math.max(1, deadline.remaining(SLICE).toMillis()));
    }
  }

  /** For when the exchange has failed already: the key should not go on blinking. */
  private void cancelQuietly() {
    try {
      cancel();
    } catch (PluginException e) {
      // What failed first says more.
    }
  }

  private synchronized void begin() {
    if (exchanging != null) {
      throw new IllegalStateException("Only one exchange at a time.");
    }
    exchanging = Thread.currentThread();
    sent = false;
    cancelled = false;
  }

  private synchronized void end() {
    exchanging = null;
    notifyAll();
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  private synchronized void send(Message request) {
    write(request);
    sent = true;
    if (cancelled) {
      write(new Message(Message.CANCEL, new byte[0]));
    }
  }

  private void write(Message message) {
    message.packets(channel).forEach(pipe::write);
  }

  /** Asks until the key is free: CHANNEL_BUSY means that it did not take the request. */
  private Message call(
      Message request, Deadline deadline, Duration timeout, KeepAliveListener listener) {
    Deadline asking = deadline.orEarlier(Deadline.in(patience.busy()));
    while (true) {
      send(request);
      Message answer = await(deadline, timeout, listener);
      if (!answer.isChannelBusy() || asking.passed() || isCancelled()) {
        return answer;
      }
      pauseBeforeRetry();
    }
  }

  private void pauseBeforeRetry() {
    synchronized (this) {
      sent = false;
    }
    Handshake.discard(pipe, Deadline.in(patience.busyPause()));
  }

  private Message await(Deadline deadline, Duration timeout, KeepAliveListener listener) {
    MessageAssembler assembly = new MessageAssembler(channel);
    Optional<Message> answer = receive(assembly, deadline, this::isCancelled, listener);
    if (answer.isPresent()) {
      return answer.get();
    }
    boolean timedOut = !isCancelled();
    cancel();
    answer =
        receive(assembly, Deadline.in(patience.cancelGrace()), () -> false, KeepAliveListener.NONE);
    if (answer.isEmpty()) {
      abandon();
      throw timedOut ? timedOut(timeout) : notCancelled();
    }
    if (timedOut && isCancellation(answer.get())) {
      outOfStep = false;
      throw timedOut(timeout);
    }
    return answer.get();
  }

  /** The next answer; empty if the deadline passes or {@code enough} says so before. */
  private Optional<Message> receive(
      MessageAssembler assembly,
      Deadline deadline,
      BooleanSupplier enough,
      KeepAliveListener listener) {
    Deadline gap = Deadline.in(patience.packetGap());
    while (!deadline.passed() && !enough.getAsBoolean()) {
      byte[] packet = pipe.read(deadline.remaining(SLICE));
      if (assembly.concerns(packet)) {
        gap = Deadline.in(patience.packetGap());
        Optional<Message> message = assembly.add(packet);
        if (message.isPresent() && message.get().command() != Message.KEEPALIVE) {
          return message;
        }
        message.ifPresent(sign -> tell(listener, sign));
      } else if (assembly.isUnfinished() && gap.passed()) {
        throw MessageAssembler.malformed("only a part of its answer");
      }
    }
    return Optional.empty();
  }

  /** CTAP 2.1, section 11.2.9.1.5. */
  private static void tell(KeepAliveListener listener, Message sign) {
    switch (sign.code()) {
      case 1 -> listener.onKeepAlive(KeepAliveListener.Status.PROCESSING);
      case 2 -> listener.onKeepAlive(KeepAliveListener.Status.USER_PRESENCE_NEEDED);
      default -> {
        // A status that is not in the standard carries no information.
      }
    }
  }

  private void prepare(Deadline deadline) {
    if (outOfStep) {
      resynchronise(deadline.orEarlier(Deadline.in(patience.busy())));
    }
    outOfStep = true;
    for (int i = 0; i < STALE_PACKETS && pipe.read(Duration.ZERO).length > 0; i++) {
      // What was there before the request cannot be the answer to it.
    }
  }

  private void resynchronise(Deadline deadline) {
    channel = handshake.resynchronise(channel, deadline);
    outOfStep = false;
  }

  /** Makes a key that ignores CANCEL drop the request; if it ignores this too, we try later. */
  private void abandon() {
    try {
      resynchronise(Deadline.in(patience.resynchronisation()));
    } catch (PluginException e) {
      outOfStep = true;
    }
  }

  private static boolean isCancellation(Message answer) {
    return answer.command() == Message.CBOR
        && answer.data().length == 1
        && answer.code() == KEEPALIVE_CANCEL;
  }

  private static byte[] response(Message answer) {
    if (answer.command() == Message.ERROR) {
      throw CtapHidError.exception(answer.code());
    }
    if (answer.command() != Message.CBOR) {
      throw MessageAssembler.malformed(
          "an answer to another command (0x%02X)".formatted(answer.command()));
    }
    if (answer.data().length == 0) {
      throw MessageAssembler.malformed("an empty answer");
    }
    return answer.data();
  }

  private static PluginException timedOut(Duration timeout) {
    return new PluginException(
        Reason.TIMED_OUT,
        "The security key did not finish within %d ms. Try again, and touch it when it blinks."
            .formatted(timeout.toMillis()));
  }

  private static PluginException notCancelled() {
    return new PluginException(
        Reason.TIMED_OUT,
        "The request was cancelled, but the security key did not confirm it. Plug it in again.");
  }
}
