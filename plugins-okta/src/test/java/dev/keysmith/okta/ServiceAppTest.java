package dev.keysmith.okta;

import static dev.keysmith.okta.Assertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keysmith.okta.LoopbackOrg.Reply;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException.Reason;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAppTest {

  private static final String TOKEN = "POST /oauth2/v1/token";
  private static final String GROUPS = "GET /api/v1/groups";
  private static final KeyPair RSA = pair("RSA", 2048);
  private static final KeyPair EC = pair("EC", 256);

  private LoopbackOrg org;

  private static KeyPair pair(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(KeyPair pair) {
    String body = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
    return "\n-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  private static Reply access(String token) {
    return Reply.json(
        200,
        "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"%s\",\"scope\":\"x\"}"
            .formatted(token));
  }

  @BeforeEach
  void start() throws IOException {
    org = new LoopbackOrg();
    org.on(TOKEN, access("at1"), access("at2"), access("at3")).on(GROUPS, "[]");
  }

  @AfterEach
  void stop() {
    org.close();
  }

  private Settings settings(String key) {
    return org.settings()
        .text("credential", "service-app")
        .text("client-id", "0oaClient")
        .text("key-id", "kid-1")
        .secret("private-key", key);
  }

  private Map<String, String> form(int call) {
    return Arrays.stream(org.received(TOKEN).get(call).body().split("&"))
        .map(field -> field.split("=", 2))
        .collect(
            Collectors.toMap(
                field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
  }

  private void assertSignedBy(KeyPair pair, String keyId) {
    var assertion =
        Jwts.parser()
            .verifyWith(pair.getPublic())
            .clock(() -> Date.from(org.clock.instant()))
            .build()
            .parseSignedClaims(form(0).get("client_assertion"));
    assertThat(assertion.getHeader().getKeyId()).isEqualTo(keyId);
    assertThat(assertion.getPayload().getIssuer()).isEqualTo("0oaClient");
    assertThat(assertion.getPayload().getSubject()).isEqualTo("0oaClient");
    assertThat(assertion.getPayload().getAudience())
        .containsExactly(org.origin() + "/oauth2/v1/token");
    assertThat(assertion.getPayload().getId()).isNotBlank();
  }

  @Test
  void provesItselfWithAnRsaKey() {
    try (var okta = org.provider(settings(pem(RSA)))) {
      okta.groups("", 1);
    }
    assertSignedBy(RSA, "kid-1");
    assertThat(form(0))
        .containsEntry("grant_type", "client_credentials")
        .containsEntry("scope", "okta.users.read okta.users.manage okta.groups.read")
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    assertThat(org.received(TOKEN).get(0).header("Authorization")).isEmpty();
    assertThat(org.received(GROUPS).get(0).header("Authorization")).isEqualTo("Bearer at1");
  }

  @Test
  void provesItselfWithAnEllipticCurveKey() {
    try (var okta = org.provider(settings(pem(EC)))) {
      okta.groups("", 1);
    }
    assertSignedBy(EC, "kid-1");
  }

  @Test
  void takesTheKeyAsJwkWithTheIdThatItNames() throws IOException {
    try (var okta = org.provider(settings(jwk(RSA, "kid-jwk")).text("key-id", ""))) {
      okta.groups("", 1);
    }
    assertSignedBy(RSA, "kid-jwk");
  }

  @Test
  void takesAKeyWhoseLineBreaksAreWrittenAsBackslashAndN() {
    String pasted = "\"" + pem(RSA).strip().replace("\r", "").replace("\n", "\\n") + "\"";
    try (var okta = org.provider(settings(pasted))) {
      okta.groups("", 1);
    }
    assertSignedBy(RSA, "kid-1");
  }

  @Test
  void takesAJwkThatWasPastedOutOfAString() throws IOException {
    String pasted = jwk(RSA, "kid-jwk").replace("\"", "\\\"").replace(",", ",\\n");
    try (var okta = org.provider(settings("\"" + pasted + "\"").text("key-id", ""))) {
      okta.groups("", 1);
    }
    assertSignedBy(RSA, "kid-jwk");
  }

  @Test
  void takesAJwkSetWithOnePrivateKey() throws IOException {
    String set = "{\"keys\":[" + publicJwk() + "," + jwk(RSA, "kid-set") + "]}";
    try (var okta = org.provider(settings(set).text("key-id", ""))) {
      okta.groups("", 1);
    }
    assertSignedBy(RSA, "kid-set");
  }

  @Test
  void saysWhichKeyOfASetToPaste() throws IOException {
    String two = "{\"keys\":[" + jwk(RSA, "one") + "," + jwk(pair("RSA", 2048), "two") + "]}";
    assertFails(() -> org.provider(settings(two)), Reason.MISCONFIGURED)
        .hasMessageContainingAll("2 private keys", "Paste the one");
    for (String pub : List.of(publicJwk(), "{\"keys\":[" + publicJwk() + "]}")) {
      assertFails(() -> org.provider(settings(pub)), Reason.MISCONFIGURED)
          .hasMessageContainingAll("public key alone", "member \"d\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BEGIN ENCRYPTED PRIVATE KEY, password",
    "BEGIN RSA PRIVATE KEY, older form",
    "BEGIN EC PRIVATE KEY, older form",
    "BEGIN PUBLIC KEY, public key alone",
    "BEGIN CERTIFICATE, public key alone",
    "BEGIN OPENSSH PRIVATE KEY, Paste it whole"
  })
  void saysWhatAnotherPemIs(String begin, String hint) {
    String text =
        "-----" + begin + "-----\nMARKER\n-----" + begin.replace("BEGIN", "END") + "-----";
    assertFails(() -> org.provider(settings(text)), Reason.MISCONFIGURED)
        .hasMessageContaining(hint)
        .hasMessageNotContaining("MARKER");
  }

  private static String publicJwk() {
    var key = (RSAPrivateCrtKey) RSA.getPrivate();
    return "{\"kty\":\"RSA\",\"kid\":\"pub\",\"n\":\"%s\",\"e\":\"%s\"}"
        .formatted(url(key.getModulus()), url(key.getPublicExponent()));
  }

  private static String jwk(KeyPair pair, String id) throws IOException {
    var key = (RSAPrivateCrtKey) pair.getPrivate();
    Map<String, String> jwk = new HashMap<>(Map.of("kty", "RSA", "kid", id, "use", "sig"));
    jwk.put("n", url(key.getModulus()));
    jwk.put("e", url(key.getPublicExponent()));
    jwk.put("d", url(key.getPrivateExponent()));
    jwk.put("p", url(key.getPrimeP()));
    jwk.put("q", url(key.getPrimeQ()));
    jwk.put("dp", url(key.getPrimeExponentP()));
    jwk.put("dq", url(key.getPrimeExponentQ()));
    jwk.put("qi", url(key.getCrtCoefficient()));
    return new ObjectMapper().writeValueAsString(jwk);
  }

  private static String url(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int start = bytes[0] == 0 ? 1 : 0;
    return Bytes.of(Arrays.copyOfRange(bytes, start, bytes.length)).toBase64Url();
  }

  @Test
  void keepsAnAccessTokenUntilShortlyBeforeItsEnd() {
    try (var okta = org.provider(settings(pem(EC)))) {
      okta.groups("", 1);
      org.clock.advance(Duration.ofMinutes(50));
      okta.groups("", 1);
      assertThat(org.received(TOKEN)).hasSize(1);
      org.clock.advance(Duration.ofMinutes(5));
      okta.groups("", 1);
    }
    assertThat(org.received(TOKEN)).hasSize(2);
    assertThat(org.received(GROUPS).get(2).header("Authorization")).isEqualTo("Bearer at2");
  }

  @Test
  void fetchesAnotherAccessTokenOnceIfOneIsRefused() {
    Reply refused = Reply.error(401, "E0000011", "Invalid token provided");
    org.on(GROUPS, refused, Reply.json(200, "[]"));
    try (var okta = org.provider(settings(pem(EC)))) {
      okta.groups("", 1);
      assertThat(org.received(TOKEN)).hasSize(2);
      org.on(GROUPS, refused);
      assertFails(() -> okta.groups("", 1), Reason.MISCONFIGURED)
          .hasMessageContaining("service app");
      assertThat(org.received(TOKEN)).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, invalid_client, MISCONFIGURED, client ID",
    "400, invalid_scope, MISCONFIGURED, okta.users.manage",
    "400, invalid_dpop_proof, MISCONFIGURED, DPoP",
    "403, access_denied, MISCONFIGURED, admin role",
    "500, server_error, UNAVAILABLE, later",
    "429, too_many, RATE_LIMITED, Too many"
  })
  void saysWhyItGetsNoAccessToken(int status, String error, Reason reason, String advice) {
    String body = "{\"error\":\"%s\",\"error_description\":\"for ann@example.org\"}";
    org.on(TOKEN, Reply.json(status, body.formatted(error)));
    try (var okta = org.provider(settings(pem(EC)))) {
      assertFails(() -> okta.groups("", 1), reason).hasMessageContaining(advice);
    }
    assertThat(org.received(GROUPS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "The audience claim for client_assertion must be the endpoint invoked.",
    "The client_assertion token is expired.",
    "The JWKSet has no key for this kid."
  })
  void passesOnWhyOktaGivesNoAccessToken(String why) {
    String body = "{\"error\":\"invalid_client\",\"error_description\":\"%s\"}";
    org.on(TOKEN, Reply.json(401, body.formatted(why)));
    try (var okta = org.provider(settings(pem(EC)))) {
      assertFails(() -> okta.groups("", 1), Reason.MISCONFIGURED)
          .hasMessageContainingAll("invalid_client", why.replaceFirst("\\.$", ""), "client ID");
    }
  }

  @Test
  void passesOnNoSecretNoControlCharacterAndNoEndlessText() {
    String body =
        "{\"error\":\"invalid_client\",\"error_description\":\"a\\u0000\\r\\nb %s %s\"}"
            .formatted(LoopbackOrg.TOKEN, "word ".repeat(1000));
    org.on(TOKEN, Reply.json(401, body));
    try (var okta = org.provider(settings(pem(EC)))) {
      assertFails(() -> okta.groups("", 1), Reason.MISCONFIGURED)
          .hasMessageContaining("a b … word")
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(700));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\":null,\"expires_in\":3600}",
        "{\"access_token\":\"a\\r\\nX-Injected: b\",\"expires_in\":3600}",
        "{\"access_token\":{\"a\":1}}"
      })
  void takesNothingButATokenForAToken(String answer) {
    org.on(TOKEN, Reply.json(200, answer));
    try (var okta = org.provider(settings(pem(EC)))) {
      assertFails(() -> okta.groups("", 1), Reason.MISCONFIGURED)
          .hasMessageContaining("no access token");
    }
    assertThat(org.received(GROUPS)).isEmpty();
  }

  @Test
  void keepsATokenWhoseLifeIsNotSaidForAnHour() {
    org.on(TOKEN, Reply.json(200, "{\"access_token\":\"at1\",\"expires_in\":null}"));
    try (var okta = org.provider(settings(pem(EC)))) {
      okta.groups("", 1);
      org.clock.advance(Duration.ofMinutes(50));
      okta.groups("", 1);
    }
    assertThat(org.received(TOKEN)).hasSize(1);
  }

  @Test
  void saysThatNothingWasDoneIfNoAccessTokenCame() {
    org.on(TOKEN, Reply.none());
    try (var okta = org.provider(settings(pem(EC)))) {
      assertFails(() -> okta.beginRegistration("00u1"), Reason.UNAVAILABLE)
          .hasMessageContaining("get an access token");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MARKER",
        "{\"kty\":\"RSA\",\"n\":\"MARKER\"}",
        "-----BEGIN RSA PRIVATE KEY-----\nMARKER\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nTUFSS0VS\n-----END PRIVATE KEY-----"
      })
  void refusesWhatIsNoPrivateKeyWithoutQuotingIt(String text) {
    assertFails(() -> org.provider(settings(text)), Reason.MISCONFIGURED)
        .hasMessageContaining("private key")
        .hasMessageNotContaining("MARKER");
  }

  @Test
  void refusesAWeakRsaKey() {
    assertFails(() -> org.provider(settings(pem(pair("RSA", 1024)))), Reason.MISCONFIGURED);
  }
}
