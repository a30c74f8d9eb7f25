package dev.keysmith.testing.key;

import java.util.List;
import java.util.UUID;

/** What a key is from the factory on, which no command changes. */
record Traits(
    Model model,
    UUID aaguid,
    String product,
    String serialNumber,
    int maxDiscoverable,
    int minPinLength,
    boolean alwaysUv,
    boolean makeCredUvNotRqd,
    boolean enterpriseAttestation,
    List<String> enterpriseRpIds) {

  Traits {
    enterpriseRpIds = List.copyOf(enterpriseRpIds);
  }
}
