package dev.keysmith.testing.org.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.org.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A browser, as far as it takes part in a sign-in: from the relying party's options to a key's
 * assertion (WebAuthn Level 3, section 5.1.4; CTAP 2.1, section 6.2).
 */
public final class Browser {

  private static final int GET_KEY_AGREEMENT = 2;
  private static final int CHANGE_PIN = 4;
  private static final int PADDED_PIN = 64;
  private static final int GET_PIN_TOKEN = 5;
  private static final int GET_TOKEN_WITH_PERMISSIONS = 9;
  private static final int PERMISSION_GET_ASSERTION = 2;

  private final String origin;
  private final SecureRandom random;

  /** A browser that shows a page of this origin. */
  public Browser(String origin, SecureRandom random) {
    this.origin = origin;
    this.random = random;
  }

  /**
   * Asks a key for an assertion; waits until it is touched.
   *
   * @param options as {@code PublicKeyCredentialRequestOptionsJSON}
   * @param pin empty for none; the caller erases it
   * @return the credential as {@code AuthenticationResponseJSON}
   */
  public ObjectNode get(KeyConnection key, JsonNode options, char[] pin) {
    Ctap ctap = new Ctap(key);
    JsonNode info = ctap.send(Ctap.GET_INFO, new TreeMap<>());
    byte[] clientData = Json.write(clientData(options.path("challenge").asText()));
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(clientData);
      SortedMap<Integer, Object> request = request(options, hash);
      if (wantsPin(info, options, pin)) {
        authorise(ctap, info, request, hash, pin);
      }
      return credential(ctap.send(Ctap.GET_ASSERTION, request), options, clientData);
    } catch (GeneralSecurityException e) {
      throw new BrowserException("The exchange of keys with the security key failed.");
    }
  }

  private ObjectNode clientData(String challenge) {
    return Json.object()
        .put("type", "webauthn.get")
        .put("challenge", challenge)
        .put("origin", origin)
        .put("crossOrigin", false);
  }

  private static SortedMap<Integer, Object> request(JsonNode options, byte[] hash) {
    SortedMap<Integer, Object> request = new TreeMap<>();
    request.put(1, options.path("rpId").asText());
    request.put(2, hash);
    List<Object> allowed = new ArrayList<>();
    for (JsonNode descriptor : options.path("allowCredentials")) {
      byte[] id = Base64.getUrlDecoder().decode(descriptor.path("id").asText());
      allowed.add(new TreeMap<>(Map.of("id", id, "type", "public-key")));
    }
    if (!allowed.isEmpty()) {
      request.put(3, allowed);
    }
    return request;
  }

  private static boolean wantsPin(JsonNode info, JsonNode options, char[] pin) {
    boolean hasPin = info.path("4").path("clientPin").asBoolean();
    String verification = options.path("userVerification").asText("preferred");
    boolean needed = verification.equals("required") || info.path("4").path("alwaysUv").asBoolean();
    if (needed && !(hasPin && pin.length > 0)) {
      throw new BrowserException(
          hasPin
              ? "Enter the PIN of the security key."
              : "This sign-in needs a PIN, and the security key has none yet.");
    }
    boolean wanted = hasPin && pin.length > 0;
    if (wanted && info.path("12").asBoolean()) {
      throw new NewPinWanted();
    }
    return wanted;
  }

  private void authorise(
      Ctap ctap, JsonNode info, SortedMap<Integer, Object> request, byte[] hash, char[] pin)
      throws GeneralSecurityException {
    SortedMap<Integer, Object> ask = new TreeMap<>();
    PinProtocol protocol = agree(ctap, info, ask);
    ask.put(6, protocol.encrypt(pinHash(pin)));
    if (info.path("4").path("pinUvAuthToken").asBoolean()) {
      ask.put(2, GET_TOKEN_WITH_PERMISSIONS);
      ask.put(9, PERMISSION_GET_ASSERTION);
      ask.put(10, String.valueOf(request.get(1)));
    } else {
      ask.put(2, GET_PIN_TOKEN);
    }
    byte[] token = protocol.decrypt(Ctap.bytes(ctap.send(Ctap.CLIENT_PIN, ask).path("2")));
    request.put(6, protocol.authenticate(token, hash));
    request.put(7, ask.get(1));
    Arrays.fill(token, (byte) 0);
  }

  /** Agrees with the key on a secret, by the PIN/UV auth protocol that it likes best. */
  private PinProtocol agree(Ctap ctap, JsonNode info, SortedMap<Integer, Object> ask)
      throws GeneralSecurityException {
    int version = info.path("6").path(0).asInt(1);
    ask.put(1, version);
    ask.put(2, GET_KEY_AGREEMENT);
    JsonNode keyAgreement = ctap.send(Ctap.CLIENT_PIN, ask).path("1");
    PinProtocol protocol = new PinProtocol(version, keyAgreement, random);
    ask.put(3, protocol.platformKey());
    return protocol;
  }

  /**
   * Changes the PIN, as a browser does for a key that demands it (CTAP 2.1, section 6.5.5.6); the
   * caller erases both.
   */
  public void changePin(KeyConnection key, char[] pin, char[] newPin) {
    Ctap ctap = new Ctap(key);
    JsonNode info = ctap.send(Ctap.GET_INFO, new TreeMap<>());
    byte[] padded = padded(newPin);
    try {
      SortedMap<Integer, Object> ask = new TreeMap<>();
      PinProtocol protocol = agree(ctap, info, ask);
      byte[] next = protocol.encrypt(padded);
      byte[] present = protocol.encrypt(pinHash(pin));
      byte[] both = Arrays.copyOf(next, next.length + present.length);
      System.arraycopy(present, 0, both, next.length, present.length);
      ask.put(2, CHANGE_PIN);
      ask.put(4, protocol.authenticate(both));
      ask.put(5, next);
      ask.put(6, present);
      ctap.send(Ctap.CLIENT_PIN, ask);
    } catch (GeneralSecurityException e) {
      throw new BrowserException("The exchange of keys with the security key failed.");
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  private static byte[] padded(char[] pin) {
    byte[] text = utf8(pin);
    try {
      if (pin.length < 4 || text.length >= PADDED_PIN) {
        throw new BrowserException("A PIN has 4 to 63 characters.");
      }
      return Arrays.copyOf(text, PADDED_PIN);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static byte[] utf8(char[] pin) {
    return Normalizer.normalize(java.nio.CharBuffer.wrap(pin), Normalizer.Form.NFC)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The first half of the hash of the PIN (CTAP 2.1, section 6.5.5.7). */
  private static byte[] pinHash(char[] pin) throws GeneralSecurityException {
    byte[] text = utf8(pin);
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(text), 16);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static ObjectNode credential(JsonNode answer, JsonNode options, byte[] clientData) {
    // A key may leave the credential out where only one was allowed (CTAP 2.0, section 5.2).
    JsonNode named = answer.path("1").path("id");
    String id =
        named.isMissingNode()
            ? options.path("allowCredentials").path(0).path("id").asText()
            : url(Ctap.bytes(named));
    ObjectNode credential = Json.object().put("type", "public-key").put("id", id).put("rawId", id);
    credential.putObject("clientExtensionResults");
    ObjectNode response = credential.putObject("response");
    response.put("clientDataJSON", url(clientData));
    response.put("authenticatorData", url(Ctap.bytes(answer.path("2"))));
    response.put("signature", url(Ctap.bytes(answer.path("3"))));
    if (answer.path("4").has("id")) {
      response.put("userHandle", url(Ctap.bytes(answer.path("4").path("id"))));
    }
    return credential;
  }

  private static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
