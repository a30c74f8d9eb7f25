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
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More senders than the server has threads, each of which sends one byte and then nothing. */
@ArquillianTest
@RunAsClient
class SlowBodiesIT {

  private static final int SENDERS = 210;

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

  @ParameterizedTest
  @CsvSource({
    "/login/passkey, application/json",
    "/api/activation/redeem, application/json",
    "/panel/sign-in, application/x-www-form-urlencoded"
  })
  void leaveTheServerToOthers(String path, String type) {
    List<RawHttp> senders = new ArrayList<>();
    try {
      for (int i = 0; i < SENDERS; i++) {
        senders.add(new RawHttp(base).send(begun(path, type)));
      }
      assertThat(health(base)).startsWith("HTTP/1.1 200");
      List<String> answers = senders.stream().map(RawHttp::answer).toList();
      assertThat(answers).filteredOn(it -> it.startsWith("HTTP/1.1 503")).hasSizeGreaterThan(100);
      // A form that does not come is none, and the page is shown.
      assertThat(answers)
          .allMatch(it -> it.isEmpty() || it.matches("(?s)HTTP/1.1 (503|408|200).*"));
    } finally {
      senders.forEach(RawHttp::close);
    }
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
