package dev.keysmith.testing.key.pin;

import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.crypto.P256;
import dev.keysmith.testing.key.message.Cbor;
import dev.keysmith.testing.key.message.CborMap;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;

/** The PIN/UV auth protocols (CTAP 2.1, sections 6.5.6 and 6.5.7). */
public enum PinUvAuthProtocol {
  ONE(1),
  TWO(2);

  private static final byte[] SALT = new byte[32];

  private final int number;

  PinUvAuthProtocol(int number) {
    this.number = number;
  }

  public static Optional<PinUvAuthProtocol> of(int number) {
    return Stream.of(values()).filter(protocol -> protocol.number == number).findFirst();
  }

  public int number() {
    return number;
  }

  /** {@code decapsulate}: the secret shared with the platform. */
  public SharedSecret decapsulate(KeyPair keyAgreement, CborMap platformKey, SecureRandom random) {
    var peer = P256.publicKey(platformKey);
    byte[] z =
        Crypto.always(
            () -> {
              KeyAgreement ecdh = KeyAgreement.getInstance("ECDH");
              ecdh.init(keyAgreement.getPrivate());
              ecdh.doPhase(peer, true);
              return ecdh.generateSecret();
            });
    try {
      return derive(z, random);
    } finally {
      Arrays.fill(z, (byte) 0);
    }
  }

  private SharedSecret derive(byte[] z, SecureRandom random) {
    if (this == ONE) {
      byte[] key = Crypto.sha256(z);
      return new SharedSecret(this, key, key, random);
    }
    // HKDF-SHA-256 (RFC 5869) with a salt of 32 zeros and one block of output.
    byte[] prk = Crypto.hmacSha256(SALT, z);
    return new SharedSecret(
        this, expand(prk, "CTAP2 HMAC key"), expand(prk, "CTAP2 AES key"), random);
  }

  private static byte[] expand(byte[] prk, String info) {
    return Crypto.hmacSha256(prk, Crypto.concat(Cbor.utf8(info), new byte[] {1}));
  }

  /** {@code authenticate}: HMAC-SHA-256, of which protocol one takes the left half. */
  byte[] authenticate(byte[] key, byte[] message) {
    byte[] mac = Crypto.hmacSha256(key, message);
    return this == ONE ? Arrays.copyOf(mac, 16) : mac;
  }
}
