package dev.keysmith.okta;

import static dev.keysmith.okta.Assertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keysmith.okta.LoopbackOrg.Reply;
import dev.keysmith.okta.credential.PrivateKeys;
import dev.keysmith.okta.credential.ServiceApp;
import dev.keysmith.okta.http.Connections;
import dev.keysmith.okta.http.OktaHttp;
import dev.keysmith.okta.http.Org;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.IdentityProvider;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One call has one budget of time, however many requests and access tokens it takes. */
class CallBudgetTest {

  private static final String TOKEN = "POST /oauth2/v1/token";
  private static final String GROUPS = "GET /api/v1/groups";
  private static final String USERS = "GET /api/v1/users";
  private static final Reply DENIED = Reply.error(403, "E0000006", "No permission");

  private LoopbackOrg org;

  @BeforeEach
  void start() throws IOException {
    org = new LoopbackOrg();
    org.on(TOKEN, "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"at1\"}")
        .on(GROUPS, "[]");
  }

  @AfterEach
  void stop() {
    org.close();
  }

  private static String key() throws NoSuchAlgorithmException {
    byte[] key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
    String body = Base64.getMimeEncoder().encodeToString(key);
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  private Settings serviceApp() throws NoSuchAlgorithmException {
    return org.settings()
        .text("credential", "service-app")
        .text("client-id", "0oaClient")
        .secret("private-key", key());
  }

  @Test
  void holdsForAllTheWaysToFindAUserTogether() {
    org.on("GET /api/v1/users/odd", Reply.error(405, "E0000022", "Method not supported"))
        .on(USERS, DENIED);
    org.answerTakes = Duration.ofSeconds(20);
    try (IdentityProvider okta = org.provider()) {
      assertFails(() -> okta.findUser("odd"), Reason.UNAVAILABLE)
          .hasMessageContaining("Okta is too slow");
    }
    assertThat(org.received()).hasSize(2);
  }

  @Test
  void leavesTheCredentialAloneWhileOtherUsersCannotBeAskedFor() {
    org.on("GET /api/v1/users/00u1", DENIED)
        .on(USERS, Reply.error(503, "E0000009", "Internal Server Error"));
    try (IdentityProvider okta = org.provider()) {
      assertFails(() -> okta.findUser("00u1"), Reason.UNAVAILABLE);
    }
  }

  @Test
  void holdsForACheckAndWhatIsAskedBesides() {
    org.on("GET /api/v1/users/me", "{\"id\":\"00u1\",\"profile\":{\"login\":\"admin\"}}")
        .on("GET /api/v1/users/00u1/factors", "[]")
        .on(USERS, "[]")
        .on("GET /.well-known/okta-organization", "{\"pipeline\":\"v1\"}");
    org.answerTakes = Duration.ofMillis(7_200);
    try (IdentityProvider okta = org.provider()) {
      assertThat(okta.check()).contains("may read users and groups").doesNotContain("Note:");
    }
    assertThat(org.received()).hasSize(4);
  }

  @Test
  void holdsForTheAccessTokenToo() throws NoSuchAlgorithmException {
    org.answerTakes = Duration.ofSeconds(29);
    try (IdentityProvider okta = org.provider(serviceApp())) {
      assertFails(() -> okta.groups("", 1), Reason.UNAVAILABLE)
          .hasMessageContaining("Okta is too slow");
    }
    assertThat(org.received(GROUPS)).isEmpty();
  }

  @Test
  void isNotSpentOnAnotherAccessTokenThatCouldNotBeUsed() throws NoSuchAlgorithmException {
    org.on(GROUPS, Reply.error(401, "E0000011", "Invalid token"));
    org.answerTakes = Duration.ofSeconds(20);
    try (IdentityProvider okta = org.provider(serviceApp())) {
      assertFails(() -> okta.groups("", 1), Reason.UNAVAILABLE);
    }
    assertThat(org.received(TOKEN)).hasSize(1);
  }

  @Test
  void endsTheWaitForAnotherThreadThatFetchesTheAccessToken() throws NoSuchAlgorithmException {
    Org address = Org.at(URI.create(org.origin()));
    AtomicReference<@Nullable Throwable> other = new AtomicReference<>();
    try (OktaHttp http = new OktaHttp(Connections.open(Optional.empty()), address);
        ServiceApp app =
            new ServiceApp(http, address, serviceApp(), PrivateKeys.read(key().toCharArray()))) {
      org.meanwhile(TOKEN, () -> other.set(catchThrowable(() -> app.authorization(Duration.ZERO))));
      assertThat(app.authorization(Duration.ZERO)).isEqualTo("Bearer at1");
    }
    assertThat(other.get())
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("slow to give this server an access token");
  }
}
