package dev.keysmith.core.ctap;

import dev.keysmith.core.ctap.wire.CborScan;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.spi.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * What a key signs (WebAuthn Level 3, section 6.1, authenticator data).
 *
 * @param encoded as sent and signed
 * @param rpIdHash SHA-256 of the RP ID
 * @param flags the bits of the section; see the methods
 * @param signCount signature counter
 * @param attestedCredential the new credential; in answers to makeCredential
 */
public record AuthenticatorData(
    Bytes encoded,
    Bytes rpIdHash,
    int flags,
    long signCount,
    Optional<AttestedCredential> attestedCredential) {

  /**
   * A credential just made (WebAuthn Level 3, section 6.5.2).
   *
   * @param aaguid of the model of the key
   * @param credentialId 1 to 1,023 bytes
   * @param publicKey in COSE form, as sent
   */
  public record AttestedCredential(UUID aaguid, Bytes credentialId, Bytes publicKey) {}

  private static final int HASH_LENGTH = 32;
  private static final int MAX_CREDENTIAL_ID = 1023;
  private static final int UP = 0x01;
  private static final int UV = 0x04;
  private static final int AT = 0x40;
  private static final int ED = 0x80;

  /** Whether the user was present (UP). */
  public boolean userPresent() {
    return (flags & UP) != 0;
  }

  /** Whether the user was verified (UV). */
  public boolean userVerified() {
    return (flags & UV) != 0;
  }

  static AuthenticatorData parse(Bytes encoded, String source) {
    byte[] all = encoded.toArray();
    try {
      ByteBuffer buffer = ByteBuffer.wrap(all, HASH_LENGTH, all.length - HASH_LENGTH);
      int flags = buffer.get() & 0xFF;
      long signCount = buffer.getInt() & 0xFFFFFFFFL;
      Optional<AttestedCredential> credential =
          (flags & AT) == 0 ? Optional.empty() : Optional.of(attested(all, buffer));
      requireEnd(all, buffer.position(), (flags & ED) != 0);
      Bytes rpIdHash = Bytes.of(Arrays.copyOf(all, HASH_LENGTH));
      return new AuthenticatorData(encoded, rpIdHash, flags, signCount, credential);
    } catch (BufferUnderflowException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | ArithmeticException e) {
      throw CtapException.unreadable(source + ", authenticator data", "malformed", e);
    }
  }

  private static AttestedCredential attested(byte[] all, ByteBuffer buffer) {
    UUID aaguid = new UUID(buffer.getLong(), buffer.getLong());
    int idLength = buffer.getShort() & 0xFFFF;
    if (idLength == 0 || idLength > MAX_CREDENTIAL_ID) {
      throw new IllegalArgumentException("a credential ID of " + idLength + " bytes");
    }
    byte[] id = new byte[idLength];
    buffer.get(id);
    int start = buffer.position();
    int end = CborScan.endOfItem(all.clone(), start);
    buffer.position(end);
    return new AttestedCredential(
        aaguid, Bytes.of(id), Bytes.of(Arrays.copyOfRange(all, start, end)));
  }

  private static void requireEnd(byte[] all, int position, boolean hasExtensions) {
    int end = hasExtensions ? CborScan.endOfItem(all.clone(), position) : position;
    if (end != all.length) {
      throw new IllegalArgumentException("trailing bytes");
    }
  }
}
