package dev.keysmith.core.operator;

import dev.keysmith.spi.Bytes;

/**
 * A WebAuthn ceremony under way between the server and a browser; each is used once.
 *
 * @param origin of the page, for instance {@code https://keysmith.example.org}
 * @param rpId the RP ID: the host of the origin
 * @param challenge what the authenticator signs
 */
public record Ceremony(String origin, String rpId, Bytes challenge) {

  @Override
  public String toString() {
    return "Ceremony[" + origin + "]";
  }
}
