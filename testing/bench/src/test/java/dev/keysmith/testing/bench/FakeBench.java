package dev.keysmith.testing.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A bench with one key, which echoes requests of one packet; asked for the request {@code 0xEE} it
 * is pulled out, and {@code 0xDD} is never answered.
 */
final class FakeBench implements AutoCloseable {

  final Map<String, String> answers = new ConcurrentHashMap<>();
  final CountDownLatch asked = new CountDownLatch(1);
  volatile Runnable afterBusy = () -> {};
  private final ServerSocket server;

  FakeBench() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "fake-bench");
    thread.setDaemon(true);
    thread.start();
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread thread = new Thread(() -> serve(socket), "fake-bench-client");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      String answer = answers.getOrDefault(line.toString(), "ABSENT");
      socket.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
      if (answer.equals("BUSY")) {
        afterBusy.run();
      }
      while (answer.equals("OK") && packet(in, socket.getOutputStream())) {
        // Until one side closes.
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private boolean packet(DataInputStream in, OutputStream out) throws IOException {
    byte[] packet = in.readNBytes(64);
    if (packet.length < 64) {
      return false;
    }
    int command = packet[4] & 0xFF;
    int first = packet[7] & 0xFF;
    if (command == 0x86) {
      ByteBuffer.wrap(packet)
          .putShort(5, (short) 17)
          .putInt(15, 0x01020304)
          .put(19, (byte) 2)
          .put(23, (byte) 0x04);
      writeInTwo(out, packet);
    } else if (command == 0x90 && first == 0xEE) {
      return false;
    } else if (command == 0x90 && first == 0xDD) {
      asked.countDown();
    } else if (command == 0x90) {
      writeInTwo(out, packet);
    } else if (command == 0x91) {
      ByteBuffer.wrap(packet).put(4, (byte) 0x90).putShort(5, (short) 1).put(7, (byte) 0x2D);
      writeInTwo(out, packet);
    }
    return true;
  }

  /** A packet may arrive in parts. */
  private static void writeInTwo(OutputStream out, byte[] packet) throws IOException {
    out.write(packet, 0, 10);
    out.flush();
    out.write(packet, 10, 54);
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
