package dev.keysmith.testing.org.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.org.Client;
import dev.keysmith.testing.org.Client.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sets a PIN and registers a passkey of a security key, as Keysmith does. */
final class Registrar {

  private static final int MAKE_CREDENTIAL = 0x01;
  private static final byte CONFIG = 0x0D;
  private static final byte SET_MIN_PIN_LENGTH = 0x03;
  private static final int CONFIGURE = 0x20;

  private final Ctap ctap;

  Registrar(KeyConnection key) {
    ctap = new Ctap(key);
  }

  private PinProtocol agree() throws Exception {
    SortedMap<Integer, Object> ask = new TreeMap<>(Map.of(1, 1, 2, 2));
    return new PinProtocol(1, ctap.send(Ctap.CLIENT_PIN, ask).path("1"), new SecureRandom());
  }

  void setPin(String pin) throws Exception {
    PinProtocol protocol = agree();
    byte[] secret = protocol.encrypt(Arrays.copyOf(pin.getBytes(StandardCharsets.UTF_8), 64));
    byte[] proof = protocol.authenticate(protocol.aesKey, secret);
    ctap.send(
        Ctap.CLIENT_PIN,
        new TreeMap<>(Map.of(1, 1, 2, 3, 3, protocol.platformKey(), 4, proof, 5, secret)));
  }

  /** From now on the key wants another PIN before it is used (CTAP 2.1, section 6.11.4). */
  void demandNewPin(String pin) throws Exception {
    PinProtocol protocol = agree();
    SortedMap<Integer, Object> ask =
        new TreeMap<>(Map.of(1, 1, 2, 9, 3, protocol.platformKey(), 6, half(protocol, pin)));
    ask.put(9, CONFIGURE);
    byte[] token = protocol.decrypt(Ctap.bytes(ctap.send(Ctap.CLIENT_PIN, ask).path("2")));
    SortedMap<Integer, Object> force = new TreeMap<>(Map.of(3, true));
    byte[] parameters = CborWriter.write(force);
    byte[] message = Arrays.copyOf(new byte[0], 34 + parameters.length);
    Arrays.fill(message, 0, 32, (byte) 0xFF);
    message[32] = CONFIG;
    message[33] = SET_MIN_PIN_LENGTH;
    System.arraycopy(parameters, 0, message, 34, parameters.length);
    byte[] proof = protocol.authenticate(token, message);
    ctap.send(CONFIG, new TreeMap<>(Map.of(1, (int) SET_MIN_PIN_LENGTH, 2, force, 3, 1, 4, proof)));
  }

  private static byte[] half(PinProtocol protocol, String pin) throws Exception {
    byte[] text = pin.getBytes(StandardCharsets.UTF_8);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
    return protocol.encrypt(Arrays.copyOf(digest, 16));
  }

  private byte[] proof(String pin, byte[] hash) throws Exception {
    PinProtocol protocol = agree();
    SortedMap<Integer, Object> ask =
        new TreeMap<>(Map.of(1, 1, 2, 5, 3, protocol.platformKey(), 6, half(protocol, pin)));
    byte[] token = protocol.decrypt(Ctap.bytes(ctap.send(Ctap.CLIENT_PIN, ask).path("2")));
    return protocol.authenticate(token, hash);
  }

  Reply register(Client client, String origin, String user, String pin) throws Exception {
    Reply enrolled = client.enrol(user);
    JsonNode options = enrolled.body().at("/_embedded/activation");
    byte[] clientData =
        ("{\"type\":\"webauthn.create\",\"challenge\":\""
                + options.path("challenge").asText()
                + "\",\"origin\":\""
                + origin
                + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(clientData);
    SortedMap<Integer, Object> request = new TreeMap<>();
    request.put(1, hash);
    request.put(2, map("id", "localhost", "name", "Practice"));
    byte[] handle = Base64.getUrlDecoder().decode(options.at("/user/id").asText());
    request.put(3, map("id", handle, "name", options.at("/user/name").asText()));
    request.put(4, List.of(map("alg", -7, "type", "public-key")));
    request.put(7, map("rk", true));
    request.put(8, proof(pin, hash));
    request.put(9, 1);
    byte[] attestation = attestation(ctap.send(MAKE_CREDENTIAL, request));
    String body =
        "{\"attestation\":\""
            + Base64.getEncoder().encodeToString(attestation)
            + "\",\"clientData\":\""
            + Base64.getEncoder().encodeToString(clientData)
            + "\"}";
    return client.post(enrolled.body().at("/_links/activate/href").asText(), body);
  }

  private static Map<String, Object> map(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }

  private static byte[] attestation(JsonNode answer) throws Exception {
    ObjectMapper cbor = new ObjectMapper(new CBORFactory());
    ObjectNode object = cbor.createObjectNode();
    object.set("fmt", answer.path("1"));
    object.set("attStmt", answer.path("3"));
    object.set("authData", answer.path("2"));
    return cbor.writeValueAsBytes(object);
  }
}
