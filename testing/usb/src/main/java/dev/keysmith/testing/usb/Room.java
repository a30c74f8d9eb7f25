package dev.keysmith.testing.usb;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.usb.UsbDevice;
import dev.keysmith.testing.key.usb.UsbRedirPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all tests share: the guest, and its USB ports. */
public final class Room implements AutoCloseable {

  private static final int PORTS = 4;

  private final Path directory = Path.of("target", "guest").toAbsolutePath();
  private final List<UsbRedirPort> ports = new ArrayList<>();
  private final int serverPort = freePort();
  private @Nullable GuestImage image;
  private @Nullable GuestUnavailableException obstacle;
  private @Nullable Path sockets;
  private @Nullable Guest guest;

  /** Why there can be no guest on this machine. */
  synchronized Optional<GuestUnavailableException> obstacle() {
    if (image == null && obstacle == null) {
      try {
        image = GuestImage.prepare(directory, cache());
      } catch (GuestUnavailableException e) {
        obstacle = e;
      }
    }
    return Optional.ofNullable(obstacle);
  }

  /** The guest, booted at the first call. */
  public synchronized Guest guest() {
    if (guest == null) {
      guest = boot();
    }
    return guest;
  }

  private Guest boot() {
    if (image == null) {
      throw new IllegalStateException("There can be no guest.", obstacle);
    }
    try {
      // Not below target: the path of a socket has at most 107 characters.
      sockets = Files.createTempDirectory("usb-ports");
      for (int i = 1; i <= PORTS; i++) {
        ports.add(new UsbRedirPort(sockets.resolve("port-" + i)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Path> listening = ports.stream().map(UsbRedirPort::socket).toList();
    return Guest.boot(
        new Machine(image, directory, listening, List.of(serverPort)),
        System.getProperty("keysmith.usb.accelerator", "auto"));
  }

  /**
   * A USB port of the guest.
   *
   * @param number 1 to 4
   */
  public synchronized UsbRedirPort port(int number) {
    guest();
    return ports.get(number - 1);
  }

  /** Plugs a key alone into the first port, and waits until the guest's driver has it. */
  public PluggedKey plug(VirtualKey key) {
    return PluggedKey.plug(guest(), port(1), UsbDevice.securityKey(key), key);
  }

  /**
   * A port of this machine's loopback that leads to the same port of {@code 10.0.2.15} in the
   * guest.
   */
  public int serverPort() {
    return serverPort;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path cache() {
    String configured = System.getProperty("keysmith.usb.cache", "");
    return configured.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache", "keysmith", "usb-guest")
        : Path.of(configured).toAbsolutePath();
  }

  @Override
  public synchronized void close() throws IOException {
    if (guest != null) {
      guest.close();
    }
    for (UsbRedirPort port : ports) {
      port.close();
    }
    if (sockets != null) {
      Files.deleteIfExists(sockets);
    }
  }
}
