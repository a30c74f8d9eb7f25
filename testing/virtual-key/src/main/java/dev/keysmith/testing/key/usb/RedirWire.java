package dev.keysmith.testing.key.usb;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Carries packets of the USB network redirection protocol over a socket. One thread reads, one at a
 * time writes.
 *
 * <p>Buffers go straight to the channel: the streams that {@code Channels} makes of it in Java 17
 * cannot read and write at the same time.
 */
final class RedirWire {

  /** What both sides must know, by its bit; without 4 to 6 there is no USB 3 controller. */
  private static final Map<Integer, String> NEEDED =
      Map.of(1, "connect_device_version", 4, "ep_info_max_packet_size", 5, "64bits_ids");

  private static final int ACKNOWLEDGES_DISCONNECT = 3;
  private static final int LONG_BULK = 6;
  private static final int VERSION_LENGTH = 64;
  private static final int SHORT_HEADER = 12;
  private static final int HEADER = 16;

  private final SocketChannel channel;
  private boolean acknowledgesDisconnect;

  RedirWire(SocketChannel channel) {
    this.channel = channel;
  }

  /** Greets the guest and hears its greeting. */
  void greet() throws IOException {
    int capabilities = 1 << ACKNOWLEDGES_DISCONNECT | 1 << LONG_BULK;
    for (int bit : NEEDED.keySet()) {
      capabilities |= 1 << bit;
    }
    byte[] version = "keysmith virtual key".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer hello = little(SHORT_HEADER + VERSION_LENGTH + 4);
    hello.putInt(RedirPacket.HELLO).putInt(VERSION_LENGTH + 4).putInt(0).put(version);
    hello.putInt(SHORT_HEADER + VERSION_LENGTH, capabilities).rewind();
    writeAll(hello);
    hear(readHello());
  }

  private RedirPacket readHello() throws IOException {
    ByteBuffer header = readAll(SHORT_HEADER);
    int type = header.getInt();
    long length = header.getInt() & 0xFFFFFFFFL;
    if (type != RedirPacket.HELLO) {
      throw new WireException("It did not begin with a greeting.");
    }
    RedirPacket.checkLength(type, length);
    return new RedirPacket(type, header.getInt(), readAll((int) length).array());
  }

  private void hear(RedirPacket hello) throws WireException {
    boolean any = hello.body().length > VERSION_LENGTH;
    int capabilities = any ? hello.from(VERSION_LENGTH).getInt() : 0;
    String missing =
        NEEDED.entrySet().stream()
            .filter(each -> (capabilities >> each.getKey() & 1) == 0)
            .map(Map.Entry::getValue)
            .sorted()
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new WireException("It lacks the capabilities " + missing + ".");
    }
    acknowledgesDisconnect = (capabilities >> ACKNOWLEDGES_DISCONNECT & 1) != 0;
  }

  /** Whether the guest says when it has taken note that a device is gone. */
  boolean acknowledgesDisconnect() {
    return acknowledgesDisconnect;
  }

  /** The next packet from the guest. */
  RedirPacket read() throws IOException {
    ByteBuffer header = readAll(HEADER);
    int type = header.getInt();
    long length = header.getInt() & 0xFFFFFFFFL;
    RedirPacket.checkLength(type, length);
    return new RedirPacket(type, header.getLong(), readAll((int) length).array());
  }

  void write(RedirPacket packet) throws IOException {
    ByteBuffer out = little(HEADER + packet.body().length);
    out.putInt(packet.type()).putInt(packet.body().length).putLong(packet.id());
    writeAll(out.put(packet.body()).flip());
  }

  private ByteBuffer readAll(int length) throws IOException {
    ByteBuffer in = little(length);
    while (in.hasRemaining()) {
      if (channel.read(in) < 0) {
        throw new EOFException("The guest has closed the connection.");
      }
    }
    return in.flip();
  }

  private void writeAll(ByteBuffer out) throws IOException {
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
