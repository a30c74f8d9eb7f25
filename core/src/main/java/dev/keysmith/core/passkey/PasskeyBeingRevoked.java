package dev.keysmith.core.passkey;

/**
 * A passkey is being revoked. Fired in the transaction of the change, as an event that is not
 * stored.
 */
public record PasskeyBeingRevoked(long passkeyId) {}
