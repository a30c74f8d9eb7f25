package dev.keysmith.testing.usb;

import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchListener;
import dev.keysmith.usb.UsbTransportFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Runs in the guest: the USB plugin, which does what the lines on standard input say. A line is a
 * number, a verb and its arguments; the answer begins with {@code #} and the same number.
 */
final class TransportProgram {

  private final KeyTransport transport = new UsbTransportFactory().create(new Context());
  private final Map<String, KeyConnection> connections = new ConcurrentHashMap<>();
  private final Map<String, KeyWatch> watches = new ConcurrentHashMap<>();

  private TransportProgram() {}

  public static void main(String[] arguments) throws IOException {
    TransportProgram program = new TransportProgram();
    ExecutorService threads = Executors.newCachedThreadPool();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      threads.execute(() -> program.obey(words));
    }
    program.transport.close();
    threads.shutdown();
  }

  private void obey(String[] words) {
    String number = words[0];
    try {
      say(number, "OK " + result(number, words));
    } catch (PluginException e) {
      say(number, "FAILED " + failure(e));
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      say(number, "BROKEN " + encode(e.toString()));
    }
  }

  private String result(String number, String[] words) {
    switch (words[1]) {
      case "list":
        return describe(transport.listKeys());
      case "open":
        connections.put(number, transport.open(words[2]));
        return number;
      case "exchange":
        return exchange(number, words);
      case "cancel":
        connection(words).cancel();
        return "";
      case "close":
        connection(words).close();
        return "";
      case "shut":
        transport.close();
        return "";
      case "watch":
        watches.put(number, transport.watch(new Telling(number)));
        return number;
      case "unwatch":
        watches.get(words[2]).close();
        return "";
      default:
        throw new IllegalArgumentException(words[1]);
    }
  }

  private String exchange(String number, String[] words) {
    byte[] response =
        connection(words)
            .exchange(
                HexFormat.of().parseHex(words[3]),
                Duration.ofMillis(Long.parseLong(words[4])),
                status -> say(number, "ALIVE " + status));
    return HexFormat.of().formatHex(response);
  }

  private KeyConnection connection(String[] words) {
    return connections.get(words[2]);
  }

  private record Telling(String number) implements KeyWatchListener {

    @Override
    public void onKeys(List<KeyDescriptor> keys) {
      say(number, "KEYS " + describe(keys));
    }

    @Override
    public void onProblem(PluginException problem) {
      say(number, "PROBLEM " + failure(problem));
    }
  }

  private static String describe(List<KeyDescriptor> keys) {
    return keys.stream()
        .map(
            key ->
                String.join(
                    ",",
                    encode(key.id()),
                    encode(key.product()),
                    encode(key.location()),
                    encode(key.serialNumber().orElse(""))))
        .collect(Collectors.joining(" "));
  }

  private static String failure(PluginException e) {
    return e.reason() + " " + encode(String.valueOf(e.getMessage()));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void say(String number, String what) {
    System.out.println("#" + number + " " + what);
  }

  private static final class Context implements PluginContext {

    @Override
    public Optional<String> text(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<char[]> secret(String name) {
      return Optional.empty();
    }

    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    public RandomGenerator random() {
      return new SecureRandom();
    }
  }
}
