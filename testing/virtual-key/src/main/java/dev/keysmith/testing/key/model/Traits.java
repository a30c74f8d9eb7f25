package dev.keysmith.testing.key.model;

import java.util.List;
import java.util.UUID;

/** What a key is from the factory on, which no command changes. */
public record Traits(
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

  public Traits {
    enterpriseRpIds = List.copyOf(enterpriseRpIds);
  }
}
