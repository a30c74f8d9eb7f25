package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More senders than the server has threads, each of which sends one byte and then nothing. */
@ArquillianTest
@RunAsClient
class SlowBodiesIT {

  private static final int SENDERS = 210;
  private static final Duration A_WHILE = Duration.ofMillis(300);

  private static final Map<String, String> PATHS =
      Map.of(
          "/login/passkey", "application/json",
          "/api/activation/redeem", "application/json",
          "/panel/sign-in", "application/x-www-form-urlencoded");

  @ArquillianResource URI base;

  @TempDir Path directory;

  private static String begun(String path, String type) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n"
        + "Content-Type: "
        + type
        + "\r\nContent-Length: 500\r\n\r\na";
  }

  /** The paths at once, so that the server waits for all of them at the same time. */
  @Test
  void leaveTheServerToOthers() {
    Map<String, List<RawHttp>> senders = new LinkedHashMap<>();
    try {
      PATHS.forEach(
          (path, type) -> {
            List<RawHttp> those = new ArrayList<>();
            senders.put(path, those);
            for (int i = 0; i < SENDERS; i++) {
              those.add(new RawHttp(base).send(begun(path, type)));
            }
          });
      assertThat(health(base)).startsWith("HTTP/1.1 200");
      senders.forEach(
          (path, those) -> {
            List<String> answers = those.stream().map(RawHttp::status).toList();
            assertThat(answers).as(path).allMatch(it -> it.matches("HTTP/1.1 (503|408).*"));
            assertThat(answers)
                .as(path)
                .filteredOn(it -> it.startsWith("HTTP/1.1 503"))
                .hasSizeGreaterThan(SENDERS - 10);
          });
    } finally {
      senders.values().forEach(those -> those.forEach(RawHttp::close));
    }
  }

  /** A byte now and then keeps a connection from being silent, and not a body from being late. */
  @Test
  void mayNotTrickle() {
    List<RawHttp> senders = new ArrayList<>();
    try {
      PATHS.forEach((path, type) -> senders.add(new RawHttp(base).send(begun(path, type))));
      List<RawHttp> waiting = new ArrayList<>(senders);
      while (!waiting.isEmpty()) {
        waiting.removeIf(SlowBodiesIT::isAnsweredInsteadOfOneMoreByte);
      }
    } finally {
      senders.forEach(RawHttp::close);
    }
  }

  private static boolean isAnsweredInsteadOfOneMoreByte(RawHttp sender) {
    Optional<String> status = sender.statusWithin(A_WHILE);
    status.ifPresentOrElse(
        line -> assertThat(line).startsWith("HTTP/1.1 408"), () -> sender.send("a"));
    return status.isPresent();
  }

  private static String health(URI server) {
    try (RawHttp connection = new RawHttp(server)) {
      return connection
          .send("GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
          .answer();
    }
  }

  @Test
  void doNotReachAServerBehindNginx() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Nginx nginx =
            Nginx.before(URI.create("http://127.0.0.1:" + server.getLocalPort()), directory);
        RawHttp slow = new RawHttp(nginx.address())) {
      slow.send(begun("/login/passkey", "application/json"));
      try (RawHttp whole = new RawHttp(nginx.address())) {
        whole.send("GET /whole HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(arrives(server)).startsWith("GET /whole");
      }
      server.setSoTimeout(1_000);
      assertThat(nothingArrives(server)).isTrue();

      server.setSoTimeout(30_000);
      slow.send("a".repeat(499));
      assertThat(arrives(server)).startsWith("POST /login/passkey");
    }
  }

  private static String arrives(ServerSocket server) throws IOException {
    try (Socket socket = server.accept()) {
      byte[] head = new byte[4096];
      int count = socket.getInputStream().read(head);
      return new String(head, 0, count, StandardCharsets.ISO_8859_1);
    }
  }

  private static boolean nothingArrives(ServerSocket server) throws IOException {
    try (Socket socket = server.accept()) {
      return socket == null;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  @Test
  void serveEverythingElseThroughNginx() throws Exception {
    try (Nginx nginx = Nginx.before(base, directory)) {
      assertThat(health(nginx.address())).startsWith("HTTP/1.1 200");
      try (RawHttp connection = new RawHttp(nginx.address())) {
        assertThat(
                connection
                    .send(
                        "GET /panel/sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .answer())
            .startsWith("HTTP/1.1 200");
      }
    }
  }
}
