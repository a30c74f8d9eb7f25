package dev.keysmith.testing.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The practice bench in another process, as this one sees it.
 *
 * <p>Each connection begins with one line: {@code LIST}, answered by one line of JSON, or {@code
 * OPEN} and the id of a key, answered by {@code OK}, {@code BUSY} or {@code ABSENT}; after {@code
 * OK} packets of 64 bytes go both ways until one side closes.
 *
 * @param address where the bench listens
 */
record Bench(InetSocketAddress address) {

  private static final Duration CONNECT = Duration.ofMillis(300);
  private static final Duration ANSWER = Duration.ofMillis(600);
  private static final int LONGEST_LINE = 1 << 16;

  private static final Duration LETTING_GO = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final String ABSENT = "ABSENT";
  private static final String BUSY = "BUSY";

  /** What cannot break out of the line. */
  private static final Pattern KEY_ID = Pattern.compile("\\P{Cntrl}{1,128}");

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * A key as the bench lists it.
   *
   * @param id for {@code OPEN}
   * @param product what the key says it is
   * @param location where it lies
   * @param serial number, if it shows one
   * @param plugged whether it is plugged in
   */
  record Entry(
      String id, String product, String location, @Nullable String serial, boolean plugged) {}

  List<Entry> list() {
    try (Socket socket = ask("LIST")) {
      return List.of(JSON.readValue(line(socket), Entry[].class));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Opens a key; one that was closed just now may take the bench a moment to let go of. */
  TcpPipe open(String keyId) {
    if (!KEY_ID.matcher(keyId).matches()) {
      throw refused(ABSENT);
    }
    try {
      long end = System.nanoTime() + LETTING_GO.toNanos();
      while (true) {
        Socket socket = ask("OPEN " + keyId);
        String answer = answer(socket);
        if (answer.equals("OK")) {
          return new TcpPipe(socket);
        }
        TcpPipe.closeQuietly(socket);
        if (!answer.equals(BUSY) || System.nanoTime() - end >= 0) {
          throw refused(answer);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static String answer(Socket socket) throws IOException {
    try {
      return line(socket);
    } catch (IOException e) {
      TcpPipe.closeQuietly(socket);
      throw e;
    }
  }

  private Socket ask(String question) throws IOException {
    Socket socket = new Socket();
    boolean asked = false;
    try {
      socket.connect(address, Math.toIntExact(CONNECT.toMillis()));
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(Math.toIntExact(ANSWER.toMillis()));
      socket.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
      asked = true;
      return socket;
    } finally {
      if (!asked) {
        TcpPipe.closeQuietly(socket);
      }
    }
  }

  /** Byte by byte: what follows the line is not text. */
  private static String line(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int octet = in.read();
    while (octet != '\n') {
      if (octet < 0 || line.size() == LONGEST_LINE) {
        throw new EOFException("no whole line");
      }
      line.write(octet);
      octet = in.read();
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  private static PluginException refused(String answer) {
    return switch (answer) {
      case BUSY ->
          new PluginException(
              Reason.KEY_BUSY, "Another program uses this practice key. Close it and try again.");
      case ABSENT ->
          new PluginException(
              Reason.KEY_ABSENT,
              "This practice key is not plugged in. Plug it in on the bench and try again.");
      default ->
          new PluginException(
              Reason.UNAVAILABLE,
              "The practice bench did not open the key, and did not say why. Restart it.");
    };
  }

  private PluginException unreachable(IOException cause) {
    return new PluginException(
        Reason.UNAVAILABLE,
        "The practice bench at %s:%d does not answer. Start practice mode and try again."
            .formatted(address.getAddress().getHostAddress(), address.getPort()),
        cause);
  }
}
