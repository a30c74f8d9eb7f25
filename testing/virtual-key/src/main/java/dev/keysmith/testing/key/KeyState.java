package dev.keysmith.testing.key;

import java.util.List;

/**
 * All that a key remembers without power, private keys included.
 *
 * @param masterKey wraps the credentials that relying parties keep; new after a reset
 * @param counter the signature counter of all credentials
 */
record KeyState(
    Traits traits,
    PinState pin,
    Policy policy,
    byte[] masterKey,
    long counter,
    List<StoredCredential> credentials,
    Attestation attestation) {

  KeyState {
    credentials = List.copyOf(credentials);
  }

  /** A key as it leaves the factory, or as a reset leaves it. */
  static KeyState fresh(Traits traits, Attestation attestation, byte[] masterKey) {
    return new KeyState(
        traits, PinState.NONE, Policy.fresh(traits), masterKey, 0, List.of(), attestation);
  }

  KeyState withPin(PinState newPin) {
    return new KeyState(traits, newPin, policy, masterKey, counter, credentials, attestation);
  }

  KeyState withPolicy(Policy newPolicy) {
    return new KeyState(traits, pin, newPolicy, masterKey, counter, credentials, attestation);
  }

  KeyState counted() {
    return new KeyState(traits, pin, policy, masterKey, counter + 1, credentials, attestation);
  }

  KeyState withCredentials(List<StoredCredential> newCredentials) {
    return new KeyState(traits, pin, policy, masterKey, counter, newCredentials, attestation);
  }

  /** Whether user verification protects the key: it has a PIN. */
  boolean hasPin() {
    return pin.hash() != null;
  }

  /** Does not show the secrets. */
  @Override
  public String toString() {
    return "KeyState[model=" + traits.model() + ", credentials=" + credentials.size() + "]";
  }
}
