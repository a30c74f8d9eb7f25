package dev.keysmith.testing.org;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keysmith.spi.MovableClock;
import dev.keysmith.testing.org.Client.Reply;
import dev.keysmith.testing.org.http.ServiceApp;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {

  private final MovableClock clock = new MovableClock();
  private final KeyPair keys = keys("RSA", 2048);
  private final PracticeOrg org =
      PracticeOrg.builder()
          .clock(clock)
          .token("admin")
          .readOnlyToken("reader")
          .app(new ServiceApp("client", keys.getPublic(), Set.of("okta.users.read")))
          .start();

  @AfterEach
  void close() {
    org.close();
  }

  private static KeyPair keys(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String assertion(String algorithm, KeyPair pair, String audience, Duration life, int id)
      throws Exception {
    String claims =
        String.format(
            "{\"iss\":\"client\",\"sub\":\"client\",\"aud\":\"%s\",\"exp\":%d,\"jti\":\"%d\"}",
            audience, clock.instant().plus(life).getEpochSecond(), id);
    String signed = part("{\"alg\":\"" + algorithm + "\"}") + "." + part(claims);
    Signature signature =
        Signature.getInstance(
            algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + SoftCredential.url(signature.sign());
  }

  private static String part(String json) {
    return SoftCredential.url(json.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode token(String assertion, String scope) throws Exception {
    String form =
        "grant_type=client_credentials&client_assertion_type="
            + URLEncoder.encode(
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", StandardCharsets.UTF_8)
            + "&scope="
            + URLEncoder.encode(scope, StandardCharsets.UTF_8)
            + "&client_assertion="
            + assertion;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(audience()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return new ObjectMapper()
        .readTree(
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private String audience() {
    return org.origin() + "/oauth2/v1/token";
  }

  private String valid(int id) throws Exception {
    return assertion("RS256", keys, audience(), Duration.ofMinutes(5), id);
  }

  @Test
  void refusesAnUnknownAndARevokedToken() {
    assertThat(new Client(org, "SSWS other").get("/api/v1/users").errorCode())
        .isEqualTo("E0000011");
    assertThat(new Client(org, "Basic x").get("/api/v1/users").status()).isEqualTo(401);
    assertThat(new Client(org, "SSWS admin").get("/api/v1/users").status()).isEqualTo(200);

    org.revoke("admin");

    assertThat(new Client(org, "SSWS admin").get("/api/v1/users").status()).isEqualTo(401);
  }

  @Test
  void letsAReaderReadAndNotWrite() {
    Client reader = new Client(org, "SSWS reader");

    assertThat(reader.get("/api/v1/users").status()).isEqualTo(200);
    Reply reply = reader.enrol(org.user(0).id());
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.errorCode()).isEqualTo("E0000006");
    assertThat(org.factors(org.user(0).id())).isEmpty();
  }

  @Test
  void givesAServiceAppATokenThatOpensItsScopesForAnHour() throws Exception {
    JsonNode token = token(valid(1), "okta.users.read");
    Client app = new Client(org, "Bearer " + token.path("access_token").asText());

    assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(token.path("expires_in").asInt()).isEqualTo(3600);
    assertThat(app.get("/api/v1/users").status()).isEqualTo(200);
    assertThat(app.get("/api/v1/groups").errorCode()).isEqualTo("E0000006");
    clock.advance(Duration.ofHours(1));
    assertThat(app.get("/api/v1/users").errorCode()).isEqualTo("E0000011");
  }

  @Test
  void takesAnAssertionByEllipticCurveToo() throws Exception {
    KeyPair curve = keys("EC", 256);
    org.allowApp(new ServiceApp("client", curve.getPublic(), Set.of("okta.users.read")));

    JsonNode token =
        token(assertion("ES256", curve, audience(), Duration.ofMinutes(5), 1), "okta.users.read");

    assertThat(token.path("access_token").asText()).isNotEmpty();
  }

  @Test
  void refusesAnAssertionThatIsWrongInOnePoint() throws Exception {
    KeyPair others = keys("RSA", 2048);
    String scope = "okta.users.read";
    Duration life = Duration.ofMinutes(5);
    valid(7);

    assertThat(token(assertion("RS256", others, audience(), life, 1), scope).path("error"))
        .hasToString("\"invalid_client\"");
    assertThat(token(assertion("RS256", keys, org.origin(), life, 2), scope).path("error"))
        .hasToString("\"invalid_client\"");
    assertThat(
            token(assertion("RS256", keys, audience(), Duration.ofMinutes(-1), 3), scope)
                .path("error"))
        .hasToString("\"invalid_client\"");
    assertThat(token("x.y", scope).path("error")).hasToString("\"invalid_client\"");
    assertThat(token(valid(4), "okta.users.manage").path("error")).hasToString("\"invalid_scope\"");
    token(valid(5), scope);
    assertThat(token(valid(5), scope).path("error")).hasToString("\"invalid_client\"");
  }
}
