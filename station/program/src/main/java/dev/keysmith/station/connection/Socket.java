package dev.keysmith.station.connection;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The WebSocket of a connection: whole messages, and when the server was last heard. */
final class Socket implements WebSocket.Listener {

  static final int NORMAL = 1000;

  /** The JDK lets no program send 1002, so this is the like in the range for private use. */
  static final int BREACH = 4002;

  /** Within this time a server says that it has seen a connection end. */
  private static final long FAREWELL_SECONDS = 2;

  private final Connection connection;
  private final LongSupplier nanos;
  private final MessageAssembler assembler = new MessageAssembler();
  private volatile long heard;
  private volatile @Nullable WebSocket socket;

  Socket(Connection connection, LongSupplier nanos) {
    this.connection = connection;
    this.nanos = nanos;
    this.heard = nanos.getAsLong();
  }

  /** When anything came from the server, by the clock that is never set. */
  long heard() {
    return heard;
  }

  @Override
  public void onOpen(WebSocket opened) {
    heard = nanos.getAsLong();
    socket = opened;
    connection.onOpen(opened);
    // One message at a time is handled, so there is nothing to hold back.
    opened.request(Long.MAX_VALUE);
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    heard = nanos.getAsLong();
    connection.guard(() -> assembler.add(part, last).ifPresent(connection::onMessage));
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    connection.guard(
        () -> {
          throw new BreachException("The server sent a text.");
        });
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer content) {
    return heardAgain(from);
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer content) {
    return heardAgain(from);
  }

  private @Nullable CompletionStage<?> heardAgain(WebSocket from) {
    heard = nanos.getAsLong();
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    connection.onClose(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable fault) {
    connection.onFault(fault);
  }

  /**
   * Asks for a sign of life.
   *
   * <p>The JDK misses one in a hundred ends of a line that was cut, and says so only here: the
   * second ping into a line that has ended fails.
   */
  void ping() {
    WebSocket to = socket;
    if (to != null) {
      to.sendPing(ByteBuffer.allocate(0))
          .whenComplete(
              (sent, fault) -> {
                if (fault != null) {
                  onError(to, fault);
                }
              });
    }
  }

  /** Ends the connection in good form, and by force if the server does not join in. */
  void close(int code, String reason) {
    WebSocket to = socket;
    if (to == null) {
      return;
    }
    to.sendClose(code, reason);
    CompletableFuture.delayedExecutor(FAREWELL_SECONDS, TimeUnit.SECONDS).execute(to::abort);
  }

  /** Ends it without a word. */
  void abort() {
    WebSocket to = socket;
    if (to != null) {
      to.abort();
    }
  }
}
