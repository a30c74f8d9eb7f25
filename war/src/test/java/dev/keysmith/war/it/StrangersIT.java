package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers without an account may make the server do. */
@ArquillianTest
@RunAsClient
class StrangersIT {

  @ArquillianResource URI base;

  private String ask(String head, String host, String body) {
    try (RawHttp connection = new RawHttp(base)) {
      return connection
          .send(head + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + body)
          .answer();
    }
  }

  private String status(String head, String host, String body) {
    try (RawHttp connection = new RawHttp(base)) {
      return connection
          .send(head + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + body)
          .status();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/panel/sign-in", "/login/openid", "/api/me", "/activate", "/"})
  void areNotServedByAnotherName(String path) {
    assertThat(ask("GET " + path, "evil.example", "\r\n"))
        .startsWith("HTTP/1.1 421")
        .contains("keysmith.url");
  }

  @Test
  void areServedByTheNameOfTheMachine() {
    assertThat(ask("GET /panel/sign-in", "localhost:8080", "\r\n")).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /api/activation/redeem,  */*
          /api/activation/redeem,  application/json
          /login/passkey,          application/json
          /login/passkey,          */*
          /panel/sign-in,          application/x-www-form-urlencoded
          """)
  void mayNotSendMuch(String path, String type) {
    String head = "Sec-Fetch-Site: same-origin\r\nContent-Type: " + type + "\r\n";
    String chunk = "4E20\r\n" + "a".repeat(20_000) + "\r\n0\r\n\r\n";

    assertThat(
            status(
                "POST " + path, "localhost", head + "Transfer-Encoding: chunked\r\n\r\n" + chunk))
        .startsWith("HTTP/1.1 413");
    assertThat(status("POST " + path, "localhost", head + "Content-Length: 16000000\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void mayNotSendFiles() {
    assertThat(
            ask(
                "POST /panel/sign-in",
                "localhost",
                "Sec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                    + "Content-Length: 5\r\n\r\n--x--"))
        .startsWith("HTTP/1.1 415");
  }

  @Test
  void mayNotMakeAPageThatRefusesThemReadTheirBody() {
    assertThat(
            status(
                "POST /panel/dashboard",
                "localhost",
                "Sec-Fetch-Site: cross-site\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 1000000\r\n\r\n"))
        .startsWith("HTTP/1.1 403");
  }
}
