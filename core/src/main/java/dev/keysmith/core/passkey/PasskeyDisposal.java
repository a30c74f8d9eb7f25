package dev.keysmith.core.passkey;

/** What is to become of the passkeys on a key whose place in the inventory changes. */
public enum PasskeyDisposal {
  /** They are withdrawn in the same transaction. */
  REVOKE,
  /** They stay as they are: whoever has the key and its PIN can sign in with them. */
  KEEP
}
