package dev.keysmith.testing.key;

import java.util.List;

/** What {@code authenticatorConfig} changes (CTAP 2.1, section 6.11). */
record Policy(
    int minPinLength,
    List<String> minPinLengthRpIds,
    boolean forceChangePin,
    boolean alwaysUv,
    boolean enterpriseAttestation) {

  Policy {
    minPinLengthRpIds = List.copyOf(minPinLengthRpIds);
  }

  static Policy fresh(Traits traits) {
    return new Policy(traits.minPinLength(), List.of(), false, traits.alwaysUv(), false);
  }

  Policy withMinPinLength(int length, List<String> rpIds, boolean forceChange) {
    return new Policy(length, rpIds, forceChange, alwaysUv, enterpriseAttestation);
  }

  Policy withForceChangePin(boolean forceChange) {
    return withMinPinLength(minPinLength, minPinLengthRpIds, forceChange);
  }

  Policy withAlwaysUv(boolean always) {
    return new Policy(
        minPinLength, minPinLengthRpIds, forceChangePin, always, enterpriseAttestation);
  }

  Policy withEnterpriseAttestation() {
    return new Policy(minPinLength, minPinLengthRpIds, forceChangePin, alwaysUv, true);
  }
}
