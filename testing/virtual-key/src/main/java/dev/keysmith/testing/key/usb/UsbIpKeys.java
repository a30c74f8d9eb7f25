package dev.keysmith.testing.key.usb;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKeyBuilder;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** A program: virtual security keys for this Linux machine, touched and pulled by a person. */
public final class UsbIpKeys implements AutoCloseable {

  private static final String USAGE =
      "Options: --port N (3240), --keys N (1), --directory PATH (none: forgotten at the end),"
          + " --touch enter|automatic (enter)";

  private final PrintStream out;
  private final UsbIpServer server;
  private final List<VirtualKey> keys = new ArrayList<>();
  private final Map<Integer, String> busIds = new TreeMap<>();

  /**
   * Plugs the keys in.
   *
   * @param arguments as {@code --help} tells
   * @param out where it speaks to the person
   * @throws IllegalArgumentException if an argument is wrong; the message tells the right ones
   * @throws IOException if the port is taken or the directory cannot be written
   */
  public UsbIpKeys(List<String> arguments, PrintStream out) throws IOException {
    this.out = out;
    Map<String, String> options = options(arguments);
    int count = number(options, "--keys", 1);
    TouchPolicy touch = touch(options.getOrDefault("--touch", "enter"));
    Optional<Path> directory = Optional.ofNullable(options.get("--directory")).map(Path::of);
    if (directory.isPresent()) {
      Files.createDirectories(directory.get());
    }
    server = new UsbIpServer(number(options, "--port", UsbIpServer.STANDARD_PORT));
    for (int i = 1; i <= count; i++) {
      String file = "usb-key-" + i + ".json";
      VirtualKeyBuilder description = VirtualKey.builder().touch(touch);
      directory.ifPresent(path -> description.stateFile(path.resolve(file)));
      keys.add(description.build());
      plug(i);
    }
    welcome();
  }

  /** Starts, and does what the lines of the standard input say. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (UsbIpKeys program = new UsbIpKeys(List.of(arguments), System.out)) {
      program.obey(System.in);
      // No terminal: the keys stay until the process is ended.
      new CountDownLatch(1).await();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
    }
  }

  /** The port on which it listens. */
  public int port() {
    return server.port();
  }

  /** Does what each line says, until there is none. */
  public void obey(InputStream lines) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(lines, Charset.defaultCharset()));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      try {
        obey(line.strip());
      } catch (IllegalArgumentException e) {
        out.println("Press Enter to touch, or type: pull N, plug N (N is the number of a key).");
      }
    }
  }

  private void obey(String line) {
    if (line.isEmpty()) {
      touch();
    } else if (line.startsWith("pull ")) {
      pull(existing(line));
    } else if (line.startsWith("plug ")) {
      plug(existing(line));
    } else {
      throw new IllegalArgumentException(line);
    }
  }

  private void touch() {
    List<VirtualKey> waiting = keys.stream().filter(VirtualKey::waitsForTouch).toList();
    waiting.forEach(VirtualKey::touch);
    out.println(waiting.isEmpty() ? "No key waits for a touch." : "Touched.");
  }

  private void pull(int number) {
    String busId = busIds.remove(number);
    if (busId != null) {
      server.unplug(busId);
      out.printf("Key %d is pulled out.%n", number);
    }
  }

  private void plug(int number) {
    if (!busIds.containsKey(number)) {
      VirtualKey key = keys.get(number - 1);
      String busId = server.plug(UsbDevice.securityKey(key));
      busIds.put(number, busId);
      out.printf(
          "Key %d (serial number %s): usbip --tcp-port %d attach -r 127.0.0.1 -b %s%n",
          number, key.serialNumber(), port(), busId);
    }
  }

  private int existing(String line) {
    int number = Integer.parseInt(line.substring(5).strip());
    if (number < 1 || number > keys.size()) {
      throw new IllegalArgumentException(line);
    }
    return number;
  }

  private void welcome() {
    out.println("Run these as root, after: modprobe vhci-hcd");
    out.println("Enter touches the keys that wait. \"pull N\" and \"plug N\" do as they say.");
    out.flush();
  }

  private static Map<String, String> options(List<String> arguments) {
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      boolean known = List.of("--port", "--keys", "--directory", "--touch").contains(name);
      if (!known || i + 1 == arguments.size()) {
        throw new IllegalArgumentException(USAGE);
      }
      options.put(name, arguments.get(i + 1));
    }
    return options;
  }

  private static int number(Map<String, String> options, String name, int otherwise) {
    try {
      return Integer.parseInt(options.getOrDefault(name, Integer.toString(otherwise)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(USAGE, e);
    }
  }

  private static TouchPolicy touch(String name) {
    return switch (name) {
      case "enter" -> TouchPolicy.byHand();
      case "automatic" -> TouchPolicy.automatic();
      default -> throw new IllegalArgumentException(USAGE);
    };
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
