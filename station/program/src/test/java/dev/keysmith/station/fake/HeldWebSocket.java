package dev.keysmith.station.fake;

import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Frames;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** A WebSocket whose messages leave when a test says so. */
public final class HeldWebSocket implements WebSocket {

  private final List<Frame> sent = new ArrayList<>();
  private final Queue<CompletableFuture<WebSocket>> held = new ArrayDeque<>();

  public List<Frame> sent() {
    return List.copyOf(sent);
  }

  public void letOneGo() {
    held.remove().complete(this);
  }

  @Override
  public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
    if (!held.isEmpty()) {
      throw new AssertionError("The JDK's WebSocket sends one message at a time.");
    }
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    sent.add(Frames.decode(bytes).orElseThrow());
    CompletableFuture<WebSocket> gone = new CompletableFuture<>();
    held.add(gone);
    return gone;
  }

  @Override
  public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void request(long n) {}

  @Override
  public String getSubprotocol() {
    return "";
  }

  @Override
  public boolean isOutputClosed() {
    return false;
  }

  @Override
  public boolean isInputClosed() {
    return false;
  }

  @Override
  public void abort() {}
}
