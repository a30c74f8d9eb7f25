package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.crypto.P256;
import dev.keysmith.testing.key.pin.PinUvAuthProtocol;
import dev.keysmith.testing.key.pin.PinUvAuthToken;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** What a key forgets when it loses power. */
final class PowerCycle {

  /** After so many wrong PINs in a row the key wants to be unplugged (CTAP 2.1, 6.5.5.6). */
  private static final int MAX_MISMATCHES = 3;

  private final Instant since;
  private final SecureRandom random;
  private final PinUvAuthToken token;
  private final Map<PinUvAuthProtocol, KeyPair> keyAgreement =
      new EnumMap<>(PinUvAuthProtocol.class);
  private final Enumeration enumeration = new Enumeration();
  private int mismatches;

  PowerCycle(Instant since, boolean legacy, SecureRandom random) {
    this.since = since;
    this.random = random;
    this.token = new PinUvAuthToken(legacy, random);
    for (PinUvAuthProtocol protocol : PinUvAuthProtocol.values()) {
      regenerate(protocol);
    }
  }

  Instant since() {
    return since;
  }

  PinUvAuthToken token() {
    return token;
  }

  /** What {@code getNextAssertion} and the "next" subcommands go on with. */
  Enumeration enumeration() {
    return enumeration;
  }

  KeyPair keyAgreement(PinUvAuthProtocol protocol) {
    return java.util.Objects.requireNonNull(keyAgreement.get(protocol));
  }

  /** {@code regenerate}: a new key agreement key. */
  void regenerate(PinUvAuthProtocol protocol) {
    keyAgreement.put(protocol, P256.generate(random));
  }

  void countMismatch() {
    mismatches++;
  }

  void forgetMismatches() {
    mismatches = 0;
  }

  boolean blocked() {
    return mismatches >= MAX_MISMATCHES;
  }
}
