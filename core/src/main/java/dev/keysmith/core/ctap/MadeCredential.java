package dev.keysmith.core.ctap;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.core.ctap.AuthenticatorData.AttestedCredential;
import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.spi.Bytes;

/**
 * A credential that a key has just made (CTAP 2.1, section 6.1.2).
 *
 * @param format of the attestation statement, for instance {@code packed}
 * @param authenticatorData as parsed, the encoded form included
 * @param credential what the authenticator data attests
 * @param attestationStatement a CBOR map
 * @param enterpriseAttestation whether the attestation identifies the individual key
 */
public record MadeCredential(
    String format,
    AuthenticatorData authenticatorData,
    AttestedCredential credential,
    Bytes attestationStatement,
    boolean enterpriseAttestation) {

  /**
   * Whether a certificate stands for the model of the key (WebAuthn Level 3, section 6.5.4); who
   * has issued it is for others to judge.
   */
  public boolean isCertified() {
    return CborMap.decode(attestationStatement.toArray(), "attestation statement").has("x5c");
  }

  /** The attestation object for the relying party (WebAuthn Level 3, section 6.5.4). */
  public Bytes attestationObject() {
    CBORObject object =
        CBORObject.NewMap()
            .Add("fmt", format)
            .Add("attStmt", CBORObject.DecodeFromBytes(attestationStatement.toArray()))
            .Add("authData", authenticatorData.encoded().toArray());
    return Bytes.of(CborMap.encode(object));
  }
}
