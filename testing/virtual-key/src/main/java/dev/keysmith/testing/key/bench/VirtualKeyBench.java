package dev.keysmith.testing.key.bench;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKeyBuilder;
import dev.keysmith.testing.key.hid.HidFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Several virtual keys, kept in a directory and reachable from other processes on this machine.
 *
 * <p>A client connects over TCP to the loopback address and sends one line. To {@code LIST} the
 * bench answers with a JSON array of {@link BenchListing}, and closes. To {@code OPEN <id>} it
 * answers {@code OK}, and from then on 64-byte reports flow both ways until the client closes the
 * connection or the key is unplugged; or {@code BUSY} if another client has the key, or {@code
 * ABSENT} if it is not plugged in.
 *
 * <p>Thread-safe.
 */
public final class VirtualKeyBench implements AutoCloseable {

  private static final String SUFFIX = ".json";

  private final Path directory;
  private final Supplier<VirtualKeyBuilder> template;
  private final ServerSocket server;
  private final Map<String, BenchSlot> slots = new ConcurrentSkipListMap<>();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  /**
   * Opens the bench with the keys in its directory, all plugged in.
   *
   * @param directory made if it does not exist; one file per key
   * @param port to listen on; 0 for any that is free
   * @param template describes the keys as far as their files do not: touch policy, clock, random
   *     numbers
   * @throws IOException if the directory cannot be read or the port is taken
   */
  public VirtualKeyBench(Path directory, int port, Supplier<VirtualKeyBuilder> template)
      throws IOException {
    this.directory = Files.createDirectories(directory);
    this.template = template;
    for (String id : storedIds()) {
      slots.put(id, new BenchSlot(id, template.get().stateFile(file(id)).build()));
    }
    this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    daemon("virtual key bench", this::accept);
  }

  /** The port on which the bench listens. */
  public int port() {
    return server.getLocalPort();
  }

  /**
   * Makes a key, plugged in.
   *
   * @param description all but the state file, which the bench chooses
   * @return the new key's id
   */
  public synchronized String create(VirtualKeyBuilder description) {
    int number = 1;
    while (slots.containsKey(id(number))) {
      number++;
    }
    String id = id(number);
    slots.put(id, new BenchSlot(id, description.stateFile(file(id)).build()));
    return id;
  }

  /** Unplugs a key and deletes it with all that is on it. */
  public synchronized void delete(String id) {
    key(id).unplug();
    slots.remove(id);
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException e) {
      throw new UncheckedIOException("Deleting the virtual key " + id + " failed.", e);
    }
  }

  /** The keys, as {@code LIST} shows them. */
  public List<BenchListing> list() {
    return slots.values().stream().map(BenchSlot::listing).toList();
  }

  /**
   * A key: to touch, plug, unplug it, and to look inside.
   *
   * @throws IllegalArgumentException if there is none with this id
   */
  public VirtualKey key(String id) {
    return knownSlot(id).key();
  }

  /** Makes something go wrong once between the key and its host. */
  public void inject(String id, HidFault fault) {
    knownSlot(id).device().inject(fault);
  }

  Optional<BenchSlot> slot(String id) {
    return Optional.ofNullable(slots.get(id));
  }

  private BenchSlot knownSlot(String id) {
    return slot(id)
        .orElseThrow(() -> new IllegalArgumentException("No virtual key has the id " + id + "."));
  }

  private List<String> storedIds() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        clients.removeIf(Socket::isClosed);
        clients.add(socket);
        daemon("virtual key bench client", new BenchSession(this, socket));
      } catch (IOException e) {
        // Closed, or a client that went away before it was accepted.
      }
    }
  }

  /** Closes every connection; the keys stay in their directory. */
  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : new ArrayList<>(clients)) {
      client.close();
    }
  }

  private Path file(String id) {
    return directory.resolve(id + SUFFIX);
  }

  private static String id(int number) {
    return "key-" + number;
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
