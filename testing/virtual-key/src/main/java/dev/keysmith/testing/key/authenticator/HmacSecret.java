package dev.keysmith.testing.key.authenticator;

import static dev.keysmith.testing.key.message.CborMap.required;

import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.message.Cbor;
import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.pin.PinUvAuthProtocol;
import dev.keysmith.testing.key.pin.SharedSecret;
import dev.keysmith.testing.key.store.StoredCredential;
import java.util.Arrays;
import java.util.Map;

/** The hmac-secret extension of an assertion (CTAP 2.1, section 12.5). */
final class HmacSecret {

  private static final int SALT = 32;

  private final Authenticator key;

  HmacSecret(Authenticator key) {
    this.key = key;
  }

  Map<Object, Object> output(
      CborMap extensions, StoredCredential credential, boolean present, boolean verified) {
    if (!extensions.has("hmac-secret")) {
      return Map.of();
    }
    if (!present) {
      throw CtapStatus.UNSUPPORTED_OPTION.error();
    }
    CborMap input = required(extensions.map("hmac-secret"));
    PinUvAuthProtocol protocol = key.protocol(input.integer(0x04).orElse(1));
    SharedSecret secret =
        protocol.decapsulate(
            key.power().keyAgreement(protocol), required(input.map(0x01)), key.random());
    byte[] saltEnc = required(input.bytes(0x02));
    secret.verify(saltEnc, required(input.bytes(0x03)));
    byte[] salts = secret.decrypt(saltEnc);
    if (salts.length != SALT && salts.length != 2 * SALT) {
      throw CtapStatus.INVALID_PARAMETER.error();
    }
    return Map.of("hmac-secret", secret.encrypt(outputs(credRandom(credential, verified), salts)));
  }

  private static byte[] outputs(byte[] credRandom, byte[] salts) {
    byte[] first = Crypto.hmacSha256(credRandom, Arrays.copyOf(salts, SALT));
    if (salts.length == SALT) {
      return first;
    }
    return Crypto.concat(
        first, Crypto.hmacSha256(credRandom, Arrays.copyOfRange(salts, SALT, 2 * SALT)));
  }

  /**
   * CredRandomWithUV and CredRandomWithoutUV: fixed for a credential, so derived and not stored.
   */
  private byte[] credRandom(StoredCredential credential, boolean verified) {
    byte[] label = Cbor.utf8(verified ? "CredRandomWithUV" : "CredRandomWithoutUV");
    return Crypto.hmacSha256(key.state().masterKey(), Crypto.concat(label, credential.id()));
  }
}
