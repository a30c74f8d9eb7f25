package dev.keysmith.core.passkey;

import dev.keysmith.core.event.EventType;

/** A passkey was promised to a user. */
@EventType("passkey.assigned")
public record PasskeyAssigned(long passkeyId, long userId) {}
