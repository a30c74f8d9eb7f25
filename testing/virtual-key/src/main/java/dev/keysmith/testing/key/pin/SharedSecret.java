package dev.keysmith.testing.key.pin;

import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.message.CtapStatus;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A secret shared with the platform, and what is done with it (CTAP 2.1, section 6.5.4). */
public final class SharedSecret {

  private static final int BLOCK = 16;

  private final PinUvAuthProtocol protocol;
  private final byte[] hmacKey;
  private final byte[] aesKey;
  private final SecureRandom random;

  SharedSecret(PinUvAuthProtocol protocol, byte[] hmacKey, byte[] aesKey, SecureRandom random) {
    this.protocol = protocol;
    this.hmacKey = hmacKey;
    this.aesKey = aesKey;
    this.random = random;
  }

  public byte[] encrypt(byte[] plaintext) {
    if (protocol == PinUvAuthProtocol.ONE) {
      return aes(Cipher.ENCRYPT_MODE, new byte[BLOCK], plaintext);
    }
    byte[] iv = new byte[BLOCK];
    random.nextBytes(iv);
    return Crypto.concat(iv, aes(Cipher.ENCRYPT_MODE, iv, plaintext));
  }

  public byte[] decrypt(byte[] ciphertext) {
    int skipped = protocol == PinUvAuthProtocol.ONE ? 0 : BLOCK;
    if (ciphertext.length <= skipped || ciphertext.length % BLOCK != 0) {
      throw CtapStatus.INVALID_PARAMETER.error();
    }
    byte[] iv = skipped == 0 ? new byte[BLOCK] : Arrays.copyOf(ciphertext, BLOCK);
    byte[] body = Arrays.copyOfRange(ciphertext, skipped, ciphertext.length);
    return aes(Cipher.DECRYPT_MODE, iv, body);
  }

  public void verify(byte[] message, byte[] signature) {
    if (!MessageDigest.isEqual(protocol.authenticate(hmacKey, message), signature)) {
      throw CtapStatus.PIN_AUTH_INVALID.error();
    }
  }

  private byte[] aes(int mode, byte[] iv, byte[] data) {
    return Crypto.always(
        () -> {
          Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
          cipher.init(mode, new SecretKeySpec(aesKey, "AES"), new IvParameterSpec(iv));
          return cipher.doFinal(data);
        });
  }
}
