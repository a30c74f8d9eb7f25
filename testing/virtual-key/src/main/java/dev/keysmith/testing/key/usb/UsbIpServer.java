package dev.keysmith.testing.key.usb;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Offers virtual USB devices to Linux over USB/IP, on the loopback address.
 *
 * <p>A machine with the kernel module {@code vhci-hcd} takes a device as {@code usbip attach -r
 * 127.0.0.1 -b 1-1}; from then on it is there like one on a cable. One host per device. A device
 * that was pulled out and plugged in again has to be attached again.
 *
 * <p>Thread-safe.
 */
public final class UsbIpServer implements AutoCloseable {

  /** The port that the usbip tools expect. */
  public static final int STANDARD_PORT = 3240;

  private static final System.Logger LOG = System.getLogger(UsbIpServer.class.getName());
  private static final int VERSION = 0x0111;
  private static final int LIST = 0x8005;
  private static final int LIST_REPLY = 0x0005;
  private static final int IMPORT = 0x8003;
  private static final int IMPORT_REPLY = 0x0003;
  private static final int BUSY = 2;
  private static final int NO_DEVICE = 4;
  private static final int BUS_ID_LENGTH = 32;
  private static final int FIRST_REQUEST_MILLIS = 5_000;
  private static final int MOST_PORTS = 127;

  private final ServerSocket server;
  private final Map<Integer, UsbIpPort> ports = new ConcurrentSkipListMap<>();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  /**
   * Opens the server without any device.
   *
   * @param port to listen on, for instance {@link #STANDARD_PORT}; 0 for any that is free
   * @throws IOException if the port is taken
   */
  public UsbIpServer(int port) throws IOException {
    server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Daemon.start("USB/IP", this::accept);
  }

  /** The port on which it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /**
   * Plugs a device in, and gives its security key power.
   *
   * @return its bus id, for instance {@code 1-1}, the lowest that is free
   * @throws IllegalStateException if the bus is full
   */
  public synchronized String plug(UsbDevice device) {
    int number = 1;
    while (ports.containsKey(number)) {
      number++;
    }
    if (number > MOST_PORTS) {
      throw new IllegalStateException("A USB bus has at most 127 devices.");
    }
    UsbIpPort port = new UsbIpPort(number, new PluggedDevice(device));
    ports.put(number, port);
    port.start(() -> remove(port));
    return port.busId();
  }

  /**
   * Pulls a device out, so that its security key loses its power. A repeat does nothing.
   *
   * @param busId from {@link #plug}
   */
  public synchronized void unplug(String busId) {
    ports.values().stream()
        .filter(port -> port.busId().equals(busId))
        .findFirst()
        .ifPresent(this::remove);
  }

  /** Whether a host has the device. */
  public boolean attached(String busId) {
    return ports.values().stream().anyMatch(port -> port.busId().equals(busId) && port.taken());
  }

  private synchronized void remove(UsbIpPort port) {
    ports.values().remove(port);
    port.pullOut();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        clients.removeIf(Socket::isClosed);
        clients.add(socket);
        Daemon.start("USB/IP host", () -> serve(socket));
      } catch (IOException e) {
        // Closed, or a host that went away before it was accepted.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(FIRST_REQUEST_MILLIS);
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      if (in.readUnsignedShort() != VERSION) {
        throw new WireException("It speaks another version of USB/IP than 1.1.1.");
      }
      int request = in.readUnsignedShort();
      in.readInt();
      switch (request) {
        case LIST -> list(socket);
        case IMPORT -> lend(socket, in);
        default -> throw new WireException("It asked for operation %04x.".formatted(request));
      }
    } catch (EOFException | SocketException e) {
      // The host has gone, or the device was pulled out.
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The connection to a USB/IP host ended: " + e.getMessage());
    }
  }

  private void list(Socket socket) throws IOException {
    List<UsbIpPort> all = new ArrayList<>(ports.values());
    send(socket, reply(LIST_REPLY, 0));
    send(socket, ByteBuffer.allocate(4).putInt(all.size()).flip());
    for (UsbIpPort each : all) {
      send(socket, each.description());
      send(socket, each.interfaces());
    }
  }

  private void lend(Socket socket, DataInputStream in) throws IOException {
    byte[] name = new byte[BUS_ID_LENGTH];
    in.readFully(name);
    String busId = new String(name, StandardCharsets.US_ASCII).replaceAll("\0.*", "");
    UsbIpPort port =
        ports.values().stream().filter(each -> each.busId().equals(busId)).findFirst().orElse(null);
    if (port == null) {
      send(socket, reply(IMPORT_REPLY, NO_DEVICE));
      return;
    }
    UsbIpSession session = new UsbIpSession(socket, port);
    if (!port.take(session)) {
      send(socket, reply(IMPORT_REPLY, BUSY));
      return;
    }
    try {
      socket.setSoTimeout(0);
      send(socket, reply(IMPORT_REPLY, 0));
      send(socket, port.description());
      session.serve(in);
    } finally {
      port.release(session);
    }
  }

  private static ByteBuffer reply(int code, int status) {
    return ByteBuffer.allocate(8)
        .putShort((short) VERSION)
        .putShort((short) code)
        .putInt(status)
        .flip();
  }

  private static void send(Socket socket, ByteBuffer bytes) throws IOException {
    socket.getOutputStream().write(bytes.array(), 0, bytes.limit());
  }

  /** Pulls all devices out and ends all connections. A repeat does nothing. */
  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : clients) {
      client.close();
    }
    for (UsbIpPort port : new ArrayList<>(ports.values())) {
      remove(port);
    }
  }
}
