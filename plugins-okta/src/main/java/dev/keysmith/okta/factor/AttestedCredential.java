package dev.keysmith.okta.factor;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.keysmith.spi.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Reads the credential ID out of an attestation object. */
public final class AttestedCredential {

  private static final CBORMapper CBOR = new CBORMapper();

  /** RP ID hash, flags, signature counter, AAGUID (WebAuthn Level 3, sections 6.1 and 6.5.1). */
  private static final int LENGTH_AT = 32 + 1 + 4 + 16;

  private AttestedCredential() {}

  /** Empty if it is not an attestation object. */
  public static Optional<Bytes> idIn(Bytes attestationObject) {
    try {
      byte[] data = CBOR.readTree(attestationObject.toArray()).path("authData").binaryValue();
      if (data == null || data.length < LENGTH_AT + 2) {
        return Optional.empty();
      }
      int length =
          Byte.toUnsignedInt(data[LENGTH_AT]) << 8 | Byte.toUnsignedInt(data[LENGTH_AT + 1]);
      int start = LENGTH_AT + 2;
      return length == 0 || start + length > data.length
          ? Optional.empty()
          : Optional.of(Bytes.of(Arrays.copyOfRange(data, start, start + length)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
