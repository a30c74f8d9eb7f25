package dev.keysmith.testing.bench;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.usb.PacketPipe;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Packets to and from a virtual security key over a TCP connection. */
final class TcpPipe implements PacketPipe {

  private static final byte[] NONE = new byte[0];

  private final Socket socket;
  private final byte[] packet = new byte[PACKET_LENGTH];
  private int filled;

  TcpPipe(Socket socket) {
    this.socket = socket;
  }

  @Override
  public void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw unplugged();
    }
  }

  /** A packet that has come in part when the time is over is kept for the next call. */
  @Override
  public byte[] read(Duration timeout) {
    if (Thread.currentThread().isInterrupted()) {
      throw new PluginException(
          Reason.UNAVAILABLE, "Waiting for the practice key was interrupted. Try again.");
    }
    try {
      InputStream in = socket.getInputStream();
      if (timeout.isZero() && in.available() == 0) {
        return NONE;
      }
      socket.setSoTimeout((int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE)));
      return fill(in);
    } catch (SocketTimeoutException e) {
      return NONE;
    } catch (IOException e) {
      throw unplugged();
    }
  }

  private byte[] fill(InputStream in) throws IOException {
    int count = in.read(packet, filled, PACKET_LENGTH - filled);
    if (count < 0) {
      throw unplugged();
    }
    filled += count;
    if (filled < PACKET_LENGTH) {
      return NONE;
    }
    filled = 0;
    return packet.clone();
  }

  @Override
  public void close() {
    closeQuietly(socket);
  }

  static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing left to close.
    }
  }

  private static PluginException unplugged() {
    return new PluginException(
        Reason.KEY_ABSENT, "The practice key was pulled out. Plug it in on the bench again.");
  }
}
