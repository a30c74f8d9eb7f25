package dev.keysmith.testing.key.authenticator;

import static dev.keysmith.testing.key.message.CborMap.required;

import dev.keysmith.testing.key.crypto.Algorithm;
import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.message.Cbor;
import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.store.Attestation;
import dev.keysmith.testing.key.store.KeyState;
import dev.keysmith.testing.key.store.StoredCredential;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes and attests a credential: CTAP 2.1, section 6.1.2, steps 9 and 15 to 19. */
final class CredentialMaker {

  /**
   * What the steps before have decided.
   *
   * @param verified whether the PIN was proved
   * @param enterprise whether the attestation names this very key
   */
  record Decisions(
      Algorithm algorithm, boolean discoverable, boolean verified, boolean enterprise) {}

  private static final int ID_LENGTH = 32;
  private static final int VENDOR_FACILITATED = 1;
  private static final int PLATFORM_MANAGED = 2;

  private final Authenticator key;
  private final Credentials credentials;

  CredentialMaker(Authenticator key, Credentials credentials) {
    this.key = key;
    this.credentials = credentials;
  }

  /** Step 9: whether the attestation will name this very key. */
  boolean enterprise(Optional<Integer> asked, String rpId) {
    if (asked.isEmpty()) {
      return false;
    }
    if (!key.model().modern() || !key.state().policy().enterpriseAttestation()) {
      throw CtapStatus.INVALID_PARAMETER.error();
    }
    return switch (asked.get()) {
      case VENDOR_FACILITATED -> key.traits().enterpriseRpIds().contains(rpId);
      case PLATFORM_MANAGED -> true;
      default -> throw CtapStatus.INVALID_OPTION.error();
    };
  }

  Map<Object, Object> make(CborMap parameters, Decisions decisions) {
    String rpId = required(required(parameters.map(0x02)).text("id"));
    CborMap wanted = parameters.map(0x06).orElse(CborMap.EMPTY);
    int credProtect = credProtect(wanted);
    Map<Object, Object> extensions = extensions(wanted, rpId);
    Algorithm algorithm = decisions.algorithm();
    KeyPair pair = algorithm.generate(key.random());
    byte[] coseKey = Cbor.encode(algorithm.coseKey(pair.getPublic()));
    byte[] privateKey = pair.getPrivate().getEncoded();
    byte[] id;
    if (decisions.discoverable()) {
      id = key.randomBytes(ID_LENGTH);
      CborMap user = required(parameters.map(0x03));
      credentials.store(
          new StoredCredential(
              id,
              algorithm,
              privateKey,
              coseKey,
              rpId,
              required(user.bytes("id")),
              user.text("name").orElse(null),
              user.text("displayName").orElse(null),
              credProtect));
    } else {
      id = credentials.wrap(algorithm, privateKey, rpId, credProtect);
    }
    long counter = key.memory().update(KeyState::counted).counter();
    byte[] data =
        new AuthenticatorData(rpId, true, decisions.verified(), counter)
            .encode(AttestationMaker.bytes(key.traits().aaguid()), id, coseKey, extensions);
    return attest(data, required(parameters.bytes(0x01)), decisions.enterprise());
  }

  private int credProtect(CborMap wanted) {
    if (!key.model().extensions().contains("credProtect")) {
      return StoredCredential.UV_OPTIONAL;
    }
    int level = wanted.integer("credProtect").orElse(StoredCredential.UV_OPTIONAL);
    if (level < StoredCredential.UV_OPTIONAL || level > StoredCredential.UV_REQUIRED) {
      throw CtapStatus.INVALID_PARAMETER.error();
    }
    return level;
  }

  /** Step 15: what the key says to the extensions it knows (section 12). */
  private Map<Object, Object> extensions(CborMap wanted, String rpId) {
    List<String> known = key.model().extensions();
    Map<Object, Object> output = new LinkedHashMap<>();
    if (known.contains("credProtect") && wanted.has("credProtect")) {
      output.put("credProtect", credProtect(wanted));
    }
    if (wanted.bool("hmac-secret").orElse(false)) {
      output.put("hmac-secret", true);
    }
    if (known.contains("minPinLength")
        && wanted.bool("minPinLength").orElse(false)
        && key.state().policy().minPinLengthRpIds().contains(rpId)) {
      output.put("minPinLength", key.state().policy().minPinLength());
    }
    return output;
  }

  /** Step 19: packed attestation (WebAuthn, section 8.2). */
  private Map<Object, Object> attest(byte[] data, byte[] clientDataHash, boolean enterprise) {
    Attestation attestation = key.state().attestation();
    byte[] signature =
        Algorithm.ES256.sign(attestation.privateKey(), Crypto.concat(data, clientDataHash));
    byte[] certificate =
        enterprise ? attestation.enterpriseCertificate() : attestation.certificate();
    Map<Object, Object> response = new LinkedHashMap<>();
    response.put(0x01, "packed");
    response.put(0x02, data);
    response.put(
        0x03, Map.of("alg", Algorithm.ES256.cose(), "sig", signature, "x5c", List.of(certificate)));
    if (enterprise) {
      response.put(0x04, true);
    }
    return response;
  }
}
