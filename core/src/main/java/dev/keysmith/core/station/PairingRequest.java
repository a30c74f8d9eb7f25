package dev.keysmith.core.station;

/**
 * What a station sends to be paired.
 *
 * @param code as a person typed it; taken over, zeroed
 * @param publicKey in SubjectPublicKeyInfo
 * @param proof see {@link dev.keysmith.station.link.Proofs#pairing}
 * @param program version of its program
 * @param system its operating system
 */
public record PairingRequest(
    char[] code, byte[] publicKey, byte[] proof, String program, String system) {

  /** Without the code. */
  @Override
  public String toString() {
    return "PairingRequest[" + program + ", " + system + "]";
  }
}
