package dev.keysmith.testing.key.store;

import dev.keysmith.testing.key.model.Traits;
import java.util.List;

/**
 * All that a key remembers without power, private keys included.
 *
 * @param masterKey wraps the credentials that relying parties keep; new after a reset
 * @param counter the signature counter of all credentials
 */
public record KeyState(
    Traits traits,
    PinState pin,
    Policy policy,
    byte[] masterKey,
    long counter,
    List<StoredCredential> credentials,
    Attestation attestation) {

  public KeyState {
    credentials = List.copyOf(credentials);
  }

  /** A key as it leaves the factory, or as a reset leaves it. */
  public static KeyState fresh(Traits traits, Attestation attestation, byte[] masterKey) {
    return new KeyState(
        traits, PinState.NONE, Policy.fresh(traits), masterKey, 0, List.of(), attestation);
  }

  public KeyState withPin(PinState newPin) {
    return new KeyState(traits, newPin, policy, masterKey, counter, credentials, attestation);
  }

  public KeyState withPolicy(Policy newPolicy) {
    return new KeyState(traits, pin, newPolicy, masterKey, counter, credentials, attestation);
  }

  public KeyState counted() {
    return new KeyState(traits, pin, policy, masterKey, counter + 1, credentials, attestation);
  }

  public KeyState withCredentials(List<StoredCredential> newCredentials) {
    return new KeyState(traits, pin, policy, masterKey, counter, newCredentials, attestation);
  }

  /** Whether user verification protects the key: it has a PIN. */
  public boolean hasPin() {
    return pin.hash() != null;
  }

  /** Does not show the secrets. */
  @Override
  public String toString() {
    return "KeyState[model=" + traits.model() + ", credentials=" + credentials.size() + "]";
  }
}
