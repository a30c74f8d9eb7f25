package dev.keysmith.core.key;

import dev.keysmith.core.event.EventType;

/**
 * A user's security key was initialised.
 *
 * @param keyId which key
 * @param userId whose
 * @param activationId tells this activation from earlier ones of the same key
 */
@EventType("key.activated")
public record SecurityKeyActivated(long keyId, long userId, String activationId) {}
