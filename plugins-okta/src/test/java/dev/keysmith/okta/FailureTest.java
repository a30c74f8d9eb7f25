package dev.keysmith.okta;

import static dev.keysmith.okta.Assertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.keysmith.okta.LoopbackOrg.Reply;
import dev.keysmith.okta.http.Failure;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.IdentityProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

  private static final String GROUPS = "GET /api/v1/groups";

  private LoopbackOrg org;
  private IdentityProvider okta;

  @BeforeEach
  void start() throws IOException {
    org = new LoopbackOrg();
    okta = org.provider();
  }

  @AfterEach
  void stop() {
    okta.close();
    org.close();
  }

  @ParameterizedTest
  @CsvSource({
    "401, E9999999, MISCONFIGURED, system log",
    "403, E9999999, REJECTED, system log",
    "404, E9999999, REJECTED, system log",
    "409, E9999999, REJECTED, system log",
    "423, E9999999, UNAVAILABLE, Try again later",
    "501, E9999999, UNAVAILABLE, Try again later"
  })
  void goesByTheStatusOfAnErrorThatItDoesNotKnow(
      int status, String code, Reason reason, String advice) {
    org.on(GROUPS, Reply.error(status, code, "No ann@example.org here"));
    assertFails(() -> okta.groups("", 10), reason)
        .hasMessageContainingAll("list the groups", code, "error id oae1", advice);
  }

  @Test
  void survivesAnErrorWhoseEveryFieldIsNull() {
    String nothing =
        "{\"errorCode\":null,\"errorSummary\":null,\"errorId\":null,\"errorCauses\":null}";
    org.on(GROUPS, Reply.json(403, nothing));
    assertFails(() -> okta.groups("", 10), Reason.MISCONFIGURED).hasMessageNotContaining("null");
    org.on(GROUPS, Reply.json(400, "{\"errorCode\":\"E0000001\",\"errorCauses\":{\"a\":1}}"));
    assertFails(() -> okta.groups("", 10), Reason.REJECTED).hasMessageContaining("E0000001");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 403, 404})
  void saysThatSomethingElseThanOktaAnswers(int status) {
    Map<String, List<String>> html = Map.of("Content-Type", List.of("text/html"));
    org.on(GROUPS, new Reply(status, "<html>" + LoopbackOrg.TOKEN + "</html>", html));
    assertFails(() -> okta.groups("", 10), Reason.MISCONFIGURED)
        .hasMessageContaining("Check the origin");
  }

  @Test
  void doesNotFollowARedirectWithTheToken() throws IOException {
    try (LoopbackOrg other = new LoopbackOrg()) {
      org.on(GROUPS, Reply.json(302, "").with("Location", other.origin() + "/api/v1/groups"));
      assertFails(() -> okta.groups("", 10), Reason.MISCONFIGURED)
          .hasMessageContaining("redirects");
      assertThat(other.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void asksAgainWhatIsSafeToAskTwice(int status) {
    Reply busy =
        Reply.error(status, "E0000047", "Busy")
            .with("X-Rate-Limit-Limit", "100")
            .with("X-Rate-Limit-Remaining", "50")
            .with("X-Rate-Limit-Reset", "1");
    org.on(GROUPS, busy, busy, Reply.json(200, "[]"));
    assertThat(okta.groups("", 10)).isEmpty();
    assertThat(org.received(GROUPS)).hasSize(3);
    assertThat(org.pauses()).hasSize(2).allSatisfy(each -> assertThat(each).isPositive());
  }

  @Test
  void asksAgainWhenTheConnectionBreaks() {
    org.on(GROUPS, Reply.none(), Reply.json(200, "[]"));
    assertThat(okta.groups("", 10)).isEmpty();
    assertThat(org.received(GROUPS)).hasSize(2);
  }

  @Test
  void givesUpAfterThreeAttempts() {
    org.on(GROUPS, Reply.none());
    assertFails(() -> okta.groups("", 10), Reason.UNAVAILABLE).hasMessageContaining("no answer");
    assertThat(org.received(GROUPS)).hasSize(3);
  }

  @Test
  void tellsHowLongToWaitInsteadOfWaitingForLong() {
    org.on(GROUPS, Reply.error(429, "E0000047", "API call exceeded rate limit"));
    var failure = catchThrowableOfType(PluginException.class, () -> okta.groups("", 10));
    assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(failure.retryAfter()).contains(Duration.ofMinutes(1));
    assertThat(org.received(GROUPS)).hasSize(1);
    assertThat(org.pauses()).isEmpty();
  }

  @Test
  void stopsAskingBeforeTheLimitIsUsedUp() {
    long reset = Instant.now().plusSeconds(60).getEpochSecond(); // The server's own date.
    org.on(
        GROUPS,
        Reply.json(200, "[]")
            .with("X-Rate-Limit-Limit", "100")
            .with("X-Rate-Limit-Remaining", "10")
            .with("X-Rate-Limit-Reset", String.valueOf(reset)));
    okta.groups("", 10);
    assertFails(() -> okta.groups("", 10), Reason.RATE_LIMITED);
    assertThat(org.received(GROUPS)).hasSize(1);
  }

  @Test
  void saysThatNothingListensAtTheOrigin() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (var nobody = org.provider(org.settings().text("origin", "http://127.0.0.1:" + port))) {
      assertFails(nobody::check, Reason.UNAVAILABLE).hasMessageContaining("no connection");
    }
  }

  @Test
  void saysThatAHostIsUnknown() {
    try (var nowhere = org.provider(org.settings().text("origin", "https://keysmith.invalid"))) {
      assertFails(nowhere::check, Reason.UNAVAILABLE)
          .hasMessageContainingAll("keysmith.invalid", "unknown");
    }
  }

  @Test
  void saysThatACertificateIsNotTrusted(@TempDir Path folder) throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder.resolve("org.p12"))));
    server.start();
    String origin = "https://localhost:" + server.getAddress().getPort();
    try (var untrusted = org.provider(org.settings().text("origin", origin))) {
      assertFails(untrusted::check, Reason.MISCONFIGURED)
          .hasMessageContainingAll("no trusted TLS connection", "localhost");
    } finally {
      server.stop(0);
    }
  }

  private static SSLContext selfSigned(Path store) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String password = "changeit";
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-alias",
                "org",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                password)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void readsNoEndlessHeaders() {
    Reply many = Reply.json(200, "[]").with("X-Long", "x".repeat(70 * 1024));
    org.on(GROUPS, many);
    assertFails(() -> okta.groups("", 10), Reason.UNAVAILABLE);
    org.on(GROUPS, Reply.json(200, "[]").with("X-Many", "x,".repeat(300).split(",")));
    assertFails(() -> okta.groups("", 10), Reason.UNAVAILABLE);
  }

  @Test
  void takesOutWhatMayBePersonalOrSecret() {
    assertThat(Failure.redact("No 00u15s1KDETTQMQYABRL for ann@example.org:\n" + LoopbackOrg.TOKEN))
        .isEqualTo("No … for … …");
    assertThat(Failure.redact("Api validation failed: factorEnrollRequest."))
        .isEqualTo("Api validation failed: factorEnrollRequest");
    assertThat(Failure.redact("x ".repeat(1000))).hasSizeLessThan(302);
    assertThat(Failure.redact("x".repeat(1_000_000))).isEmpty();
    assertThat(Failure.redact(" ".repeat(980) + "end the-login-of-ann@example.org"))
        .isEqualTo("end");
  }
}
