package dev.keysmith.station.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Frames;
import dev.keysmith.station.link.LinkException;
import dev.keysmith.station.link.LinkVersion;
import dev.keysmith.station.link.Proofs;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;

/** One connection of a station, seen from the server. */
public final class FakeLink {

  /** Undertow's word for a connection that ended without one. */
  public static final int GONE = CloseMessage.GOING_AWAY;

  private static final byte[] NONCE = new byte[Proofs.NONCE_LENGTH];

  private final WebSocketChannel channel;
  private final byte[] publicKey;
  private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final Semaphore pings = new Semaphore(0);

  FakeLink(WebSocketChannel channel, byte[] publicKey) {
    this.channel = channel;
    this.publicKey = publicKey;
    channel.getReceiveSetter().set(new Receiver());
    channel.addCloseTask(gone -> closed.complete(GONE));
    channel.resumeReceives();
  }

  private final class Receiver extends AbstractReceiveListener {

    @Override
    protected void onFullBinaryMessage(WebSocketChannel from, BufferedBinaryMessage message) {
      var data = message.getData();
      try {
        ByteBuffer whole = WebSockets.mergeBuffers(data.getResource());
        byte[] bytes = new byte[whole.remaining()];
        whole.get(bytes);
        received.add(Frames.decode(bytes).orElseThrow());
      } catch (LinkException e) {
        // As the server does.
        cut();
      } finally {
        data.free();
      }
    }

    @Override
    protected void onFullPingMessage(WebSocketChannel from, BufferedBinaryMessage message)
        throws IOException {
      pings.release();
      super.onFullPingMessage(from, message);
    }

    @Override
    protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage message) {
      throw new AssertionError("A station sends no text.");
    }

    @Override
    protected void onCloseMessage(CloseMessage message, WebSocketChannel from) {
      closed.complete(message.getCode());
    }
  }

  public void send(Frame frame) {
    sendBytes(Frames.encode(frame));
  }

  public void sendBytes(byte[] message) {
    WebSockets.sendBinary(ByteBuffer.wrap(message), channel, null);
  }

  public void sendText(String message) {
    WebSockets.sendText(message, channel, null);
  }

  /** The next frame, which must be of a type. */
  public <F extends Frame> F expect(Class<F> type) throws InterruptedException {
    Frame frame = received.poll(FakeServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(frame).isInstanceOf(type);
    return type.cast(frame);
  }

  /** The next list of keys that a condition holds for. */
  public Frame.Keys expectKeys(int count) throws InterruptedException {
    Frame.Keys keys;
    do {
      keys = expect(Frame.Keys.class);
    } while (keys.transports().stream().mapToInt(each -> each.keys().size()).sum() != count);
    return keys;
  }

  /** Frames that no test has asked for yet. */
  public int waiting() {
    return received.size();
  }

  public void welcome(String node, String... nodes) {
    welcome(LinkVersion.CURRENT, node, nodes);
  }

  public void welcome(LinkVersion version, String node, String... nodes) {
    send(new Frame.Welcome(version, "0.1.0", node, List.of(nodes), NONCE));
  }

  /** Greets, checks the proof and accepts; returns after the first list of keys. */
  public FakeLink accept(FakeServer server, String node, String... nodes)
      throws InterruptedException {
    welcome(node, nodes);
    Frame.Proof proof = expect(Frame.Proof.class);
    byte[] statement =
        Proofs.connection(
            Proofs.origin(server.address().uri()),
            FakeServer.STATION,
            Arrays.copyOf(NONCE, NONCE.length));
    assertThat(Proofs.isValid(publicKey, statement, proof.signature())).isTrue();
    assertThat(proof.station()).isEqualTo(FakeServer.STATION);
    send(new Frame.Accepted("Reception"));
    expect(Frame.Keys.class);
    return this;
  }

  /** With which code the station closed; {@link #GONE} if it went without a word. */
  public int closeCode() throws Exception {
    return closed.get(FakeServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  public int pings() {
    return pings.availablePermits();
  }

  public void awaitPing() throws InterruptedException {
    if (!pings.tryAcquire(FakeServer.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The station does not ask for a sign of life.");
    }
  }

  /** Ends the connection without a word. */
  public void cut() {
    IoUtils.safeClose(channel);
  }

  /** As a server that ends in good form. */
  public void goAway() {
    WebSockets.sendClose(1001, "", channel, null);
  }
}
