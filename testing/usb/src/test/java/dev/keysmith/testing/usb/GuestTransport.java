package dev.keysmith.testing.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchListener;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The USB plugin as it runs in the guest, in a process of its own. Thread-safe. */
final class GuestTransport implements KeyTransport {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final GuestProcess process;
  private final AtomicInteger requests = new AtomicInteger();

  GuestTransport(GuestProcess process) {
    this.process = process;
  }

  /** Starts it as root. */
  static GuestTransport start(Guest guest, String... options) {
    return new GuestTransport(guest.startJava(List.of(options), TransportProgram.class));
  }

  /** Waits until exactly so many keys are listed. */
  List<KeyDescriptor> awaitKeys(int count) {
    long end = System.nanoTime() + SOON.toNanos();
    List<KeyDescriptor> keys = listKeys();
    while (keys.size() != count) {
      if (System.nanoTime() > end) {
        throw new AssertionError("There are not " + count + " keys: " + keys);
      }
      keys = listKeys();
    }
    return keys;
  }

  @Override
  public List<KeyDescriptor> listKeys() {
    return keys(ask(KeepAliveListener.NONE, "list"));
  }

  @Override
  public KeyConnection open(String keyId) {
    String number = ask(KeepAliveListener.NONE, "open", keyId);
    return new KeyConnection() {
      @Override
      public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
        String millis = Long.toString(timeout.toMillis());
        String hex = HexFormat.of().formatHex(request);
        return HexFormat.of().parseHex(ask(listener, "exchange", number, hex, millis));
      }

      @Override
      public void cancel() {
        ask(KeepAliveListener.NONE, "cancel", number);
      }

      @Override
      public void close() {
        ask(KeepAliveListener.NONE, "close", number);
      }
    };
  }

  @Override
  public KeyWatch watch(KeyWatchListener listener) {
    throw new UnsupportedOperationException("Use startWatch.");
  }

  /** Begins to watch; what the watch tells is asked for with {@link #told}. */
  String startWatch() {
    return ask(KeepAliveListener.NONE, "watch");
  }

  /** What a watch has told, or tells soon, as its call with this number; the first is 0. */
  List<KeyDescriptor> told(String watch, int call) {
    return keys(process.awaitLine("#" + watch + " KEYS ", call, SOON));
  }

  void stopWatch(String watch) {
    ask(KeepAliveListener.NONE, "unwatch", watch);
  }

  /** Shuts the plugin down; the process goes on. */
  @Override
  public void close() {
    ask(KeepAliveListener.NONE, "shut");
  }

  /** Ends the process in good order. */
  void quit() {
    process.endInput();
    process.await(SOON);
    process.close();
  }

  /** Kills the process, as a crash or an impatient administrator does. */
  void kill() {
    process.kill();
    process.await(SOON);
    process.close();
  }

  private String ask(KeepAliveListener listener, String verb, String... arguments) {
    String number = Integer.toString(requests.incrementAndGet());
    process.write(number + " " + verb + " " + String.join(" ", arguments) + "\n");
    int line = 0;
    while (true) {
      String[] words = process.awaitLine("#" + number + " ", line++, SOON).split(" ", 3);
      switch (words[0]) {
        case "OK":
          return String.join(" ", Arrays.asList(words).subList(1, words.length));
        case "FAILED":
          throw new PluginException(PluginException.Reason.valueOf(words[1]), decode(words[2]));
        case "BROKEN":
          throw new AssertionError(decode(words[1]));
        case "ALIVE":
          listener.onKeepAlive(KeepAliveListener.Status.valueOf(words[1]));
          break;
        default:
          // What a watch tells.
      }
    }
  }

  private static List<KeyDescriptor> keys(String line) {
    return Arrays.stream(line.split(" "))
        .filter(key -> !key.isEmpty())
        .map(
            key -> {
              String[] parts = key.split(",", -1);
              String serial = decode(parts[3]);
              return new KeyDescriptor(
                  decode(parts[0]),
                  decode(parts[1]),
                  decode(parts[2]),
                  serial.isEmpty() ? Optional.empty() : Optional.of(serial));
            })
        .toList();
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
