package dev.keysmith.core.passkey;

import dev.keysmith.core.event.EventType;

/** A passkey was withdrawn; its factor at the identity provider has yet to be removed. */
@EventType("passkey.revoked")
public record PasskeyRevoked(long passkeyId) {}
