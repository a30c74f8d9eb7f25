package dev.keysmith.core.station;

import dev.keysmith.core.key.Audience;

/** Who may use the security keys at a station. */
public enum Serves {
  /** Operators alone: a help desk. */
  OPERATORS,
  /** Owners with an activation code alone: a kiosk. */
  OWNERS,
  /** Both. */
  EVERYONE;

  boolean includes(Audience audience) {
    return this == EVERYONE || name().equals(audience.name());
  }
}
