package dev.keysmith.war.browser;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keysmith.spi.Bytes;
import dev.keysmith.war.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An OpenID provider for tests: lets one person in, and refuses a client that does not prove itself
 * or the begin of the flow (RFC 7636).
 */
final class OpenIdStub implements AutoCloseable {

  static final String CLIENT = "keysmith";
  static final String SECRET = "Marker-client-secret";

  private final HttpServer server;
  private final RSAKey key;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  volatile List<String> groups = List.of();
  volatile String nonceOverride = "";

  OpenIdStub() throws IOException, JOSEException {
    key = new RSAKeyGenerator(2048).keyID("stub").generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/openid-configuration", this::configuration);
    server.createContext(
        "/jwks", exchange -> json(exchange, new JWKSet(key.toPublicJWK()).toJSONObject()));
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.start();
  }

  /** Another host than the server's, as in life. */
  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void configuration(HttpExchange exchange) throws IOException {
    json(
        exchange,
        Map.of(
            "issuer", issuer(),
            "authorization_endpoint", issuer() + "/authorize",
            "token_endpoint", issuer() + "/token",
            "jwks_uri", issuer() + "/jwks",
            "response_types_supported", List.of("code"),
            "subject_types_supported", List.of("public"),
            "id_token_signing_alg_values_supported", List.of("RS256")));
  }

  /** A page with a link: the person has signed in here, and goes back by a click. */
  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
    String code = "code" + codes.size();
    codes.put(code, asked);
    String back =
        asked.get("redirect_uri")
            + "?code="
            + code
            + "&state="
            + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8);
    answer(
        exchange,
        200,
        "text/html",
        "<!DOCTYPE html><title>Provider</title><link rel=\"icon\" href=\"data:,\"><a id=\"continue\" href=\"%s\">Continue</a>"
            .formatted(back.replace("&", "&amp;")));
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> sent =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Map<String, String> asked = codes.remove(sent.getOrDefault("code", ""));
    String challenge =
        Bytes.of(sent.getOrDefault("code_verifier", "").getBytes(StandardCharsets.US_ASCII))
            .sha256()
            .toBase64Url();
    if (asked == null
        || !challenge.equals(asked.get("code_challenge"))
        || !basic().equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 400, "application/json", "{\"error\":\"invalid_grant\"}");
      return;
    }
    json(
        exchange,
        Map.of(
            "access_token",
            "access",
            "token_type",
            "Bearer",
            "expires_in",
            60,
            "id_token",
            idToken(asked.get("nonce"))));
  }

  private static String basic() {
    String pair = CLIENT + ":" + SECRET;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private String idToken(String nonce) {
    Instant now = Instant.now();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("stub").build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .subject("00u1")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .claim("nonce", nonceOverride.isEmpty() ? nonce : nonceOverride)
                .claim("preferred_username", "olga@example.org")
                .claim("name", "Olga of the provider")
                .claim("groups", groups)
                .build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  private static Map<String, String> form(String text) {
    Map<String, String> values = new HashMap<>();
    for (String pair : text.split("&")) {
      int at = pair.indexOf('=');
      values.put(
          pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
    }
    return values;
  }

  private static void json(HttpExchange exchange, Object value) throws IOException {
    answer(exchange, 200, "application/json", Json.MAPPER.writeValueAsString(value));
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Where the browser is while it is here. */
  URI address() {
    return URI.create(issuer());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
