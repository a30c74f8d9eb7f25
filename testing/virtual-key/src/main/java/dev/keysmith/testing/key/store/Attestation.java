package dev.keysmith.testing.key.store;

/**
 * What the key proves its make with.
 *
 * @param privateKey in PKCS #8 form
 * @param certificate of the model, in DER
 * @param enterpriseCertificate of this very key, with its serial number, in DER
 * @param rootCertificate under which both stand, in DER
 */
public record Attestation(
    byte[] privateKey, byte[] certificate, byte[] enterpriseCertificate, byte[] rootCertificate) {

  /** Does not show the private key. */
  @Override
  public String toString() {
    return "Attestation[]";
  }
}
