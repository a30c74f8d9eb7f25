package dev.keysmith.testing.key.store;

import dev.keysmith.testing.key.model.Traits;
import java.util.List;

/** What {@code authenticatorConfig} changes (CTAP 2.1, section 6.11). */
public record Policy(
    int minPinLength,
    List<String> minPinLengthRpIds,
    boolean forceChangePin,
    boolean alwaysUv,
    boolean enterpriseAttestation) {

  public Policy {
    minPinLengthRpIds = List.copyOf(minPinLengthRpIds);
  }

  static Policy fresh(Traits traits) {
    return new Policy(traits.minPinLength(), List.of(), false, traits.alwaysUv(), false);
  }

  public Policy withMinPinLength(int length, List<String> rpIds, boolean forceChange) {
    return new Policy(length, rpIds, forceChange, alwaysUv, enterpriseAttestation);
  }

  public Policy withForceChangePin(boolean forceChange) {
    return withMinPinLength(minPinLength, minPinLengthRpIds, forceChange);
  }

  public Policy withAlwaysUv(boolean always) {
    return new Policy(
        minPinLength, minPinLengthRpIds, forceChangePin, always, enterpriseAttestation);
  }

  public Policy withEnterpriseAttestation() {
    return new Policy(minPinLength, minPinLengthRpIds, forceChangePin, alwaysUv, true);
  }
}
