package dev.keysmith.testing.key.usb;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The kernel's side of USB/IP, as plain as can be. */
final class UsbIpHost implements AutoCloseable {

  /** An answer: command, number of the request, status, and data in hexadecimal digits. */
  record Answer(int command, int sequence, int status, int length, String data) {}

  private final Socket socket;
  private final DataInputStream in;

  UsbIpHost(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    in = new DataInputStream(socket.getInputStream());
  }

  void send(String hex) throws IOException {
    socket.getOutputStream().write(HexFormat.of().parseHex(hex));
  }

  String read(int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Takes a device; returns the status and, if it is 0, the description. */
  String attach(String busId) throws IOException {
    byte[] name = new byte[32];
    byte[] text = busId.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, name, 0, text.length);
    send("0111800300000000" + HexFormat.of().formatHex(name));
    String head = read(8);
    return head.endsWith("00000000") ? head + read(312) : head;
  }

  void submit(int sequence, int endpoint, int length, String data) throws IOException {
    submit(sequence, endpoint, length, "00".repeat(8), data);
  }

  /** Asks for a transfer; an endpoint with 0x80 is one to the host. */
  void submit(int sequence, int endpoint, int length, String setup, String data)
      throws IOException {
    ByteBuffer header = ByteBuffer.allocate(40);
    header.putInt(1).putInt(sequence).putInt(1 << 16 | 1).putInt(endpoint >> 7);
    header.putInt(endpoint & 0x0F).putInt(0x200).putInt(length).putInt(0).putInt(0).putInt(5);
    send(HexFormat.of().formatHex(header.array()) + setup + data);
  }

  /** A control request, setup packet in the order of USB, and its answer. */
  Answer control(int sequence, String setup, String data) throws IOException {
    boolean toHost = setup.charAt(0) >= '8';
    int length = Integer.parseInt(setup.substring(14, 16) + setup.substring(12, 14), 16);
    submit(sequence, toHost ? 0x80 : 0, length, setup, data);
    return answer(toHost);
  }

  void unlink(int sequence, int unlinked) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(48);
    header.putInt(2).putInt(sequence).putInt(1 << 16 | 1).putInt(0).putInt(0).putInt(unlinked);
    send(HexFormat.of().formatHex(header.array()));
  }

  /** The next answer, with its data if it is one to the host. */
  Answer answer(boolean toHost) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(HexFormat.of().parseHex(read(48)));
    int command = header.getInt();
    int sequence = header.getInt();
    int status = header.getInt(20);
    int length = header.getInt(24);
    return new Answer(command, sequence, status, length, toHost ? read(length) : "");
  }

  /** Whether the server has ended the connection. */
  boolean ended() throws IOException {
    try {
      while (in.read() >= 0) {
        // Whatever was on its way.
      }
    } catch (SocketException e) {
      // Closed with data unread.
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
