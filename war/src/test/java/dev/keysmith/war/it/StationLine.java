package dev.keysmith.war.it;

import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Frames;
import dev.keysmith.station.link.Link;
import dev.keysmith.station.link.Proofs;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The line of a station to the server: what came, and a way to send. */
final class StationLine implements WebSocket.Listener {

  private static final long PATIENCE = 20;

  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final CompletableFuture<Boolean> pinged = new CompletableFuture<>();
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private @Nullable WebSocket socket;

  private StationLine() {}

  static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance(Proofs.ALGORITHM).generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Connects, with these headers. */
  static StationLine connect(URI base, Map<String, String> headers) {
    StationLine line = new StationLine();
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    headers.forEach(builder::header);
    URI address = URI.create("ws://" + base.getHost() + ":" + base.getPort() + Link.PATH);
    line.socket = builder.buildAsync(address, line).join();
    return line;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    part.writeBytes(bytes);
    if (last) {
      Frames.decode(part.toByteArray()).ifPresent(frames::add);
      part.reset();
    }
    from.request(1);
    return null;
  }

  /** The JDK answers it by itself. */
  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    pinged.complete(true);
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed.complete(status);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closed.complete(WebSocket.NORMAL_CLOSURE + 6);
  }

  void send(Frame frame) {
    send(Frames.encode(frame));
  }

  void send(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** The next frame, which is of this kind. */
  <T extends Frame> T next(Class<T> kind) {
    try {
      Frame frame = frames.poll(PATIENCE, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("No frame came, and a " + kind.getSimpleName() + " was expected");
      }
      return kind.cast(frame);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until the server has asked for a sign of life. */
  boolean pinged() {
    return pinged.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
  }

  /** The status with which the server has closed the line. */
  int closed() {
    return closed.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
  }

  /** Closes the line. */
  void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
    socket.abort();
  }
}
