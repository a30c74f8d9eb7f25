package dev.keysmith.core.key;

/** For whom keys are looked at and opened. */
public enum Audience {
  /** Operators, by panel or API. */
  OPERATORS,
  /** Owners, after the redemption of an activation code. */
  OWNERS
}
