package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.message.Cbor;
import java.nio.ByteBuffer;
import java.util.Map;

/** Authenticator data (WebAuthn, section 6.1). */
record AuthenticatorData(String rpId, boolean userPresent, boolean userVerified, long counter) {

  private static final int UP = 0x01;
  private static final int UV = 0x04;
  private static final int AT = 0x40;
  private static final int ED = 0x80;

  /** For an assertion. */
  byte[] encode(Map<Object, Object> extensions) {
    return encode(new byte[0], 0, extensions);
  }

  /** For an attestation: with AAGUID, credential id and public key (WebAuthn, section 6.5.1). */
  byte[] encode(byte[] aaguid, byte[] id, byte[] coseKey, Map<Object, Object> extensions) {
    byte[] length = ByteBuffer.allocate(2).putShort((short) id.length).array();
    return encode(Crypto.concat(aaguid, length, id, coseKey), AT, extensions);
  }

  private byte[] encode(byte[] attested, int flags, Map<Object, Object> extensions) {
    int all =
        flags | (userPresent ? UP : 0) | (userVerified ? UV : 0) | (extensions.isEmpty() ? 0 : ED);
    byte[] head = ByteBuffer.allocate(5).put((byte) all).putInt((int) counter).array();
    byte[] tail = extensions.isEmpty() ? new byte[0] : Cbor.encode(extensions);
    return Crypto.concat(Crypto.sha256(Cbor.utf8(rpId)), head, attested, tail);
  }
}
