package dev.keysmith.core.workflow;

/** What sets a workflow off. */
public enum Trigger {
  /** A user was imported for the first time. */
  NEW_USER_IMPORTED,
  /** A user's security key was initialised. Recommended: the passkey is written at once. */
  NEW_SECURITY_KEY_ACTIVATED
}
