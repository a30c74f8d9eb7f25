package dev.keysmith.core.passkey;

import dev.keysmith.core.event.EventType;

/** A passkey was withdrawn; its factor at the identity provider has yet to be removed. */
@EventType(value = "passkey.revoked", slow = true)
public record PasskeyRevoked(long passkeyId) {}
