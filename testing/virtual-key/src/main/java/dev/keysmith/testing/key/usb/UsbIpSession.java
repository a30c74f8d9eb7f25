package dev.keysmith.testing.key.usb;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A host that has taken a device: its requests, and the answers. */
final class UsbIpSession {

  private static final int SUBMITTED = 3;
  private static final int UNLINKED = 4;
  private static final int HEADER = 48;

  // Linux numbers of errors: the answer's status is what the host's driver gets.
  private static final int BROKEN_PIPE = -32;
  private static final int OVERFLOW = -75;
  private static final int CONNECTION_RESET = -104;

  /** Far more than any driver keeps posted. */
  private static final int MOST_WAITING = 256;

  /** A request for a report that has not come yet. */
  private record Waiting(int sequence, int endpoint, int length) {}

  private final Socket socket;
  private final UsbIpPort port;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  UsbIpSession(Socket socket, UsbIpPort port) {
    this.socket = socket;
    this.port = port;
  }

  /** Serves the host until it goes or the device is pulled out. */
  void serve(DataInputStream in) throws IOException {
    while (true) {
      UsbIpRequest request = UsbIpRequest.read(in, port.deviceId());
      synchronized (port) {
        handle(request);
      }
      port.wake();
    }
  }

  private void handle(UsbIpRequest request) throws IOException {
    if (request.command() == UsbIpRequest.UNLINK) {
      unlink(request);
    } else if (request.endpoint() == 0) {
      control(request);
    } else if (request.in()) {
      await(request);
    } else {
      boolean taken = port.device().write(request.endpoint(), request.data());
      int status = taken ? 0 : BROKEN_PIPE;
      answer(request.sequence(), status, taken ? request.length() : 0, new byte[0]);
    }
  }

  private void control(UsbIpRequest request) throws IOException {
    SetupPacket setup = SetupPacket.parse(request.setup());
    Optional<byte[]> done = port.device().answer(setup, request.data());
    if (done.isEmpty()) {
      answer(request.sequence(), BROKEN_PIPE, 0, new byte[0]);
    } else if (setup.in()) {
      byte[] data = done.get();
      boolean fits = data.length <= request.length();
      byte[] sent = fits ? data : new byte[0];
      answer(request.sequence(), fits ? 0 : OVERFLOW, sent.length, sent);
    } else {
      answer(request.sequence(), 0, request.length(), new byte[0]);
    }
  }

  private void await(UsbIpRequest request) throws IOException {
    int endpoint = 0x80 | request.endpoint();
    if (!port.device().serves(endpoint)) {
      answer(request.sequence(), BROKEN_PIPE, 0, new byte[0]);
    } else if (waiting.size() == MOST_WAITING) {
      throw new WireException("It waits for more reports than any driver does.");
    } else {
      waiting.add(new Waiting(request.sequence(), endpoint, request.length()));
    }
  }

  /** A transfer that has been answered already cannot be given up; the status says which it was. */
  private void unlink(UsbIpRequest request) throws IOException {
    boolean found = waiting.removeIf(each -> each.sequence() == request.unlinked());
    ByteBuffer out = ByteBuffer.allocate(HEADER);
    out.putInt(UNLINKED).putInt(request.sequence());
    write(out.putInt(20, found ? CONNECTION_RESET : 0).rewind());
  }

  /**
   * Hands a report to the host if it waits for one of this endpoint. The caller holds the port's
   * lock.
   */
  boolean deliver(int endpoint, byte[] report) {
    Optional<Waiting> first =
        waiting.stream().filter(each -> each.endpoint() == endpoint).findFirst();
    if (first.isEmpty()) {
      return false;
    }
    waiting.remove(first.get());
    boolean fits = report.length <= first.get().length();
    byte[] sent = fits ? report : new byte[0];
    try {
      answer(first.get().sequence(), fits ? 0 : OVERFLOW, sent.length, sent);
      return true;
    } catch (IOException e) {
      // The host has gone; its reader ends the session.
      return false;
    }
  }

  private void answer(int sequence, int status, int length, byte[] data) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(HEADER + data.length);
    out.putInt(SUBMITTED).putInt(sequence);
    out.position(20).putInt(status).putInt(length).position(HEADER).put(data);
    write(out.flip());
  }

  private void write(ByteBuffer bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes.array(), 0, bytes.limit());
    out.flush();
  }

  /** Ends the connection. */
  void hangUp() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed one way or the other.
    }
  }
}
