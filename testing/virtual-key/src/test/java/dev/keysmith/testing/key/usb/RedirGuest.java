package dev.keysmith.testing.key.usb;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HexFormat;

/** The virtual machine's side of usb-redir, as plain as can be. */
final class RedirGuest implements AutoCloseable {

  /** connect_device_version, device_disconnect_ack, ep_info_max_packet_size, 64bits_ids. */
  static final int CAPABILITIES = 0b111010;

  /** A packet: type, id and body in hexadecimal digits. */
  record Packet(int type, long id, String body) {}

  private final SocketChannel channel;

  RedirGuest(Path socket) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  /** One that has exchanged greetings. */
  static RedirGuest greeted(Path socket) throws IOException {
    RedirGuest guest = new RedirGuest(socket);
    guest.sendHello(CAPABILITIES);
    guest.hello();
    return guest;
  }

  void sendHello(int capabilities) throws IOException {
    ByteBuffer hello = le(12 + 68).putInt(0).putInt(68).putInt(0);
    send(hello.putInt(12 + 64, capabilities).array());
  }

  /** The port's greeting, whose header is a short one. */
  Packet hello() throws IOException {
    ByteBuffer header = read(12);
    int type = header.getInt();
    int length = header.getInt();
    return new Packet(type, header.getInt(), hex(read(length)));
  }

  void send(int type, long id, String body) throws IOException {
    send(type, body.length() / 2, id, body);
  }

  /** Sends a packet that need not be as long as its header says. */
  void send(int type, int length, long id, String body) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(body);
    ByteBuffer packet = le(16 + bytes.length).putInt(type).putInt(length).putLong(id);
    send(packet.put(bytes).array());
  }

  void send(byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  Packet read() throws IOException {
    ByteBuffer header = read(16);
    int type = header.getInt();
    int length = header.getInt();
    return new Packet(type, header.getLong(), hex(read(length)));
  }

  /** Reads until a packet of the type comes. */
  Packet readUntil(int type) throws IOException {
    Packet packet = read();
    while (packet.type() != type) {
      packet = read();
    }
    return packet;
  }

  /** A control request, setup packet in the order of USB, and its answer. */
  Packet control(String setup, String data) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(setup));
    byte type = in.get();
    byte request = in.get();
    byte[] words = new byte[6];
    in.get(words);
    byte[] header = {(byte) (type & 0x80), request, type, 0};
    send(100, 77, HexFormat.of().formatHex(header) + HexFormat.of().formatHex(words) + data);
    return read();
  }

  /** Whether the port has ended the connection. */
  boolean ended() {
    try {
      while (true) {
        read(1);
      }
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private ByteBuffer read(int length) throws IOException {
    ByteBuffer in = le(length);
    while (in.hasRemaining()) {
      if (channel.read(in) < 0) {
        throw new EOFException("The port has closed the connection.");
      }
    }
    return in.flip();
  }

  private static String hex(ByteBuffer bytes) {
    return HexFormat.of().formatHex(bytes.array());
  }

  private static ByteBuffer le(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
