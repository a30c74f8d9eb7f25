package dev.keysmith.testing.key.usb;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A USB port of a virtual machine, into which devices are plugged by code (usb-redir).
 *
 * <p>It listens on a Unix socket, to which QEMU connects when it starts: {@code -chardev
 * socket,id=c,path=SOCKET -device usb-redir,chardev=c}. A device may be plugged in before or after
 * that, pulled out and plugged in again while the machine runs; one at a time. Reports wait until
 * the guest asks for them.
 *
 * <p>Thread-safe.
 */
public final class UsbRedirPort implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(UsbRedirPort.class.getName());

  private final Path socket;
  private final ServerSocketChannel server;
  private volatile @Nullable SocketChannel client;
  private @Nullable RedirSession session;
  private @Nullable PluggedDevice plugged;
  private boolean closed;

  /**
   * Opens the port.
   *
   * @param socket a path that does not exist, of at most some 100 characters
   * @throws IOException if the socket cannot be made
   */
  public UsbRedirPort(Path socket) throws IOException {
    this.socket = socket;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    boolean bound = false;
    try {
      server.bind(UnixDomainSocketAddress.of(socket), 1);
      bound = true;
    } finally {
      if (!bound) {
        server.close();
      }
    }
    Daemon.start("virtual USB port " + socket.getFileName(), this::serveAll);
  }

  /** The socket to which QEMU connects. */
  public Path socket() {
    return socket;
  }

  /** Whether a virtual machine is connected, so that what is plugged in can be seen. */
  public synchronized boolean connected() {
    return session != null;
  }

  /**
   * Plugs a device in, and gives its security key power.
   *
   * @throws IllegalStateException if there is one already, or the port is closed
   */
  public synchronized void plug(UsbDevice device) {
    PluggedDevice before = plugged;
    if (before != null && before.alive()) {
      throw new IllegalStateException("A device is plugged into this port. Unplug it first.");
    }
    if (closed) {
      throw new IllegalStateException("The port is closed.");
    }
    unplug();
    PluggedDevice now = new PluggedDevice(device);
    plugged = now;
    tell(guest -> guest.connect(now));
    now.start((endpoint, report) -> send(now, endpoint, report), () -> remove(now));
  }

  /** Pulls the device out, so that its security key loses its power. A repeat does nothing. */
  public synchronized void unplug() {
    PluggedDevice now = plugged;
    if (now != null) {
      remove(now);
    }
  }

  private synchronized void remove(PluggedDevice device) {
    if (plugged == device) {
      plugged = null;
      device.powerDown();
      tell(RedirSession::disconnect);
      notifyAll();
    }
  }

  /** Waits until the guest asks for the report, or the device is gone. */
  private synchronized void send(PluggedDevice from, int endpoint, byte[] report)
      throws InterruptedException {
    boolean sent = false;
    while (!sent && plugged == from) {
      RedirSession guest = session;
      if (guest != null && guest.polls(endpoint)) {
        sent = tell(each -> each.send(endpoint, report));
      } else {
        wait();
      }
    }
  }

  /** Something to say to the guest. */
  private interface Saying {
    void to(RedirSession guest) throws IOException;
  }

  private boolean tell(Saying saying) {
    RedirSession guest = session;
    if (guest == null) {
      return false;
    }
    try {
      saying.to(guest);
      return true;
    } catch (IOException e) {
      // The machine has stopped; its reader ends the session, too.
      session = null;
      return false;
    }
  }

  private void serveAll() {
    while (server.isOpen()) {
      try (SocketChannel channel = server.accept()) {
        client = channel;
        if (server.isOpen()) {
          serve(new RedirWire(channel));
        }
      } catch (ClosedChannelException | EOFException e) {
        // The machine has stopped, or the port is closed.
      } catch (IOException e) {
        LOG.log(Level.WARNING, "The connection to the virtual machine ended: " + e.getMessage());
      } finally {
        leave();
      }
    }
  }

  private void serve(RedirWire wire) throws IOException {
    wire.greet();
    RedirSession guest = new RedirSession(wire);
    join(guest);
    while (true) {
      RedirPacket packet = wire.read();
      synchronized (this) {
        guest.handle(packet);
        notifyAll();
      }
    }
  }

  private synchronized void join(RedirSession guest) throws IOException {
    session = guest;
    PluggedDevice now = plugged;
    if (now != null) {
      guest.connect(now);
    }
  }

  private synchronized void leave() {
    session = null;
    PluggedDevice now = plugged;
    if (now != null) {
      now.reset();
    }
  }

  /** Pulls the device out, ends the connection and deletes the socket. A repeat does nothing. */
  @Override
  public void close() throws IOException {
    server.close();
    SocketChannel current = client;
    if (current != null) {
      current.close();
    }
    synchronized (this) {
      closed = true;
      unplug();
    }
    Files.deleteIfExists(socket);
  }
}
