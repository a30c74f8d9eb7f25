package dev.keysmith.pcsc;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A security key that is open at a reader. */
final class PcscConnection implements KeyConnection {

  private static final int KEEPALIVE_CANCEL = 0x2D;

  private final Timeouts patience;
  private final Runnable whenClosed;
  private final CardThread thread = new CardThread();
  private final AtomicBoolean closed = new AtomicBoolean();

  // Of the card's thread alone.
  private @Nullable ExclusiveCard card;

  private volatile @Nullable CtapNfc applet;

  // Guarded by this.
  private @Nullable Exchange running;

  /**
   * A request under way.
   *
   * @param answer what comes of it
   * @param cancelled is done when someone wants it to end
   */
  private record Exchange(CompletableFuture<byte[]> answer, CompletableFuture<Void> cancelled) {}

  private PcscConnection(Timeouts patience, Runnable whenClosed) {
    this.patience = patience;
    this.whenClosed = whenClosed;
  }

  /**
   * Connects to a card and selects its FIDO applet.
   *
   * @param cards connects; called on another thread
   * @param whenClosed run once, when the card has been given back
   * @throws PluginException {@code REJECTED} if it does not speak CTAP2; {@code KEY_BUSY}, {@code
   *     KEY_ABSENT} or {@code UNAVAILABLE} if it cannot be asked
   */
  static PcscConnection open(
      Supplier<ExclusiveCard> cards, Timeouts patience, Runnable whenClosed) {
    PcscConnection connection = new PcscConnection(patience, whenClosed);
    boolean open = false;
    try {
      if (CardThread.await(connection.select(cards), patience.opening()).isEmpty()) {
        throw mute();
      }
      open = true;
      return connection;
    } finally {
      if (!open) {
        connection.close();
      }
    }
  }

  private CompletableFuture<Boolean> select(Supplier<ExclusiveCard> cards) {
    return thread.begin(
        () -> {
          ExclusiveCard connected = cards.get();
          card = connected;
          CtapNfc selected = new CtapNfc(connected, patience);
          selected.open();
          applet = selected;
          return true;
        });
  }

  @Override
  public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("The timeout must be more than zero: " + timeout);
    }
    if (request.length == 0 || request.length > Apdus.LONGEST) {
      throw new IllegalArgumentException("A request has 1 to 7609 bytes: " + request.length);
    }
    Exchange exchange = begin(request.clone(), listener);
    CompletableFuture<Object> event =
        CompletableFuture.anyOf(
            exchange.answer().handle((answer, failure) -> true),
            exchange.cancelled().thenApply(nothing -> true));
    boolean timedOut = CardThread.await(event, timeout).isEmpty();
    if (exchange.answer().isDone()) {
      return CardThread.await(exchange.answer(), timeout).orElseThrow();
    }
    cancel();
    return last(exchange, timedOut, timeout);
  }

  private synchronized Exchange begin(byte[] request, KeepAliveListener listener) {
    CtapNfc key = applet;
    if (closed.get() || key == null) {
      throw new PluginException(
          Reason.KEY_ABSENT, "The connection to the security key is closed. Open it again.");
    }
    if (running != null && !running.answer().isDone()) {
      throw new PluginException(
          Reason.KEY_BUSY,
          "The security key still works on another request. Take it off the reader, hold it there"
              + " again and try again.");
    }
    key.begin();
    Exchange exchange =
        new Exchange(
            thread.begin(() -> key.exchange(request, listener)), new CompletableFuture<>());
    running = exchange;
    return exchange;
  }

  /** An answer that comes after all may stand for a passkey that now exists. */
  private byte[] last(Exchange exchange, boolean timedOut, Duration timeout) {
    Optional<byte[]> answer = CardThread.await(exchange.answer(), patience.cancelGrace());
    if (answer.isEmpty()) {
      throw closed.get() ? PcscError.absent() : CtapNfc.notCancelled();
    }
    byte[] response = answer.get();
    if (timedOut && response.length == 1 && response[0] == KEEPALIVE_CANCEL) {
      throw new PluginException(
          Reason.TIMED_OUT,
          "The security key did not finish within %d ms. Try again, and hold it on the reader."
              .formatted(timeout.toMillis()));
    }
    return response;
  }

  @Override
  public void cancel() {
    CtapNfc key = applet;
    Exchange exchange = running();
    if (key != null && exchange != null && !exchange.answer().isDone()) {
      key.cancel();
      exchange.cancelled().complete(null);
    }
  }

  private synchronized @Nullable Exchange running() {
    return running;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      cancel();
      CardThread.await(finish(), patience.cancelGrace());
    }
  }

  /** Locked, so that no exchange begins that the thread would not take any more. */
  private synchronized CompletableFuture<Boolean> finish() {
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    thread.finish(() -> end.complete(giveBack()));
    return end;
  }

  /**
   * A card that goes on with what was cancelled is reset. One that has left is not: the service
   * would not see another card that takes its place at once.
   */
  private boolean giveBack() {
    ExclusiveCard connected = card;
    try {
      if (connected != null) {
        connected.disconnect(goesOn());
      }
    } finally {
      whenClosed.run();
    }
    return true;
  }

  private boolean goesOn() {
    CtapNfc key = applet;
    try {
      return key != null && !key.end();
    } catch (PluginException e) {
      return false;
    }
  }

  private static PluginException mute() {
    return new PluginException(
        Reason.UNAVAILABLE,
        "The security key does not answer. Take it off the reader, hold it there again and try"
            + " again.");
  }
}
