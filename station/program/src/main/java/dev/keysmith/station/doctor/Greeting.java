package dev.keysmith.station.doctor;

import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Frames;
import dev.keysmith.station.link.Link;
import dev.keysmith.station.link.LinkException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Waits for the first frame of a connection, and for nothing more. */
final class Greeting implements WebSocket.Listener {

  private final CompletableFuture<Frame.Welcome> welcome = new CompletableFuture<>();
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private volatile @Nullable WebSocket socket;

  CompletableFuture<Frame.Welcome> welcome() {
    return welcome;
  }

  @Override
  public void onOpen(WebSocket opened) {
    socket = opened;
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    parts.writeBytes(bytes);
    if (last || parts.size() > Link.MOST_BYTES) {
      complete();
    }
    from.request(1);
    return null;
  }

  private void complete() {
    try {
      welcome.complete(
          Frames.decode(parts.toByteArray())
              .filter(Frame.Welcome.class::isInstance)
              .map(Frame.Welcome.class::cast)
              .orElseThrow(() -> new IOException("it does not greet as a Keysmith server does")));
    } catch (IOException | LinkException e) {
      welcome.completeExceptionally(e);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    welcome.completeExceptionally(new IOException("it closed with code " + code));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable fault) {
    welcome.completeExceptionally(fault);
  }

  void close() {
    WebSocket to = socket;
    if (to != null) {
      to.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((sent, fault) -> to.abort());
    }
  }
}
