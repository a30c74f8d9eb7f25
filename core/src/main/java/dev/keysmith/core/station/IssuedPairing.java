package dev.keysmith.core.station;

/**
 * A pairing and, this once, its code.
 *
 * @param pairing what is stored
 * @param code in groups; the caller shows it, then overwrites it with zeros
 */
public record IssuedPairing(StationPairing pairing, char[] code) {

  /** Without the code. */
  @Override
  public String toString() {
    return "IssuedPairing[" + pairing.id() + "]";
  }
}
