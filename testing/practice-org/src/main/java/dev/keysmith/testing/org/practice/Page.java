package dev.keysmith.testing.org.practice;

import com.sun.net.httpserver.HttpExchange;
import dev.keysmith.testing.org.http.Answer;
import dev.keysmith.testing.org.http.OrgServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** The page at {@code /}, and the stream that tells it when to look again. */
public final class Page {

  private static final Duration LOOK = Duration.ofMillis(150);
  private static final int QUIET_LOOKS = 100;
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-%s';"
          + " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final OrgServer server;
  private final KeyBench bench;
  private final AtomicLong version = new AtomicLong();
  private final String text = read();

  /** Of a server and the keys on its table. */
  public Page(OrgServer server, KeyBench bench) {
    this.server = server;
    this.bench = bench;
  }

  private static String read() {
    try (InputStream in = Page.class.getResourceAsStream("/dev/keysmith/testing/org/page.html")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("The page is missing in the jar", e);
    }
  }

  /** Adds page and stream. */
  public void register() {
    server.routes().open("GET", "/", call -> page());
    server.stream("/practice/events", this::events);
  }

  /** The hash of the one script of the page (Content Security Policy Level 3, section 6.7). */
  private static String scriptHash(String page) {
    String script = page.substring(page.indexOf("<script>") + 8, page.indexOf("</script>"));
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private Answer page() {
    return Answer.html(200, text)
        .with("Content-Security-Policy", String.format(POLICY, scriptHash(text)))
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer")
        .with("Cache-Control", "no-store");
  }

  /** Something has changed in the org. */
  public void changed() {
    version.incrementAndGet();
  }

  private record Seen(long version, List<KeyBench.Key> keys) {}

  /** Server-sent events: one when it opens and one whenever org or keys have changed. */
  private void events(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(200, 0);
      tell(exchange.getResponseBody());
    }
  }

  /** Ends when the server closes or the page has gone, which a write finds out. */
  private void tell(OutputStream out) throws IOException {
    Seen told = seen();
    write(out, "data: changed\n\n");
    int quiet = 0;
    while (server.pause(LOOK)) {
      Seen now = seen();
      quiet++;
      if (!now.equals(told)) {
        write(out, "data: changed\n\n");
        told = now;
        quiet = 0;
      } else if (quiet == QUIET_LOOKS) {
        write(out, ": still here\n\n");
        quiet = 0;
      }
    }
  }

  private Seen seen() {
    return new Seen(version.get(), bench.keys());
  }

  private static void write(OutputStream out, String event) throws IOException {
    out.write(event.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
