package dev.keysmith.core.passkey;

import dev.keysmith.core.event.EventType;

/** A passkey was written on a security key and is active at the identity provider. */
@EventType("passkey.activated")
public record PasskeyActivated(long passkeyId, long userId, long keyId) {}
