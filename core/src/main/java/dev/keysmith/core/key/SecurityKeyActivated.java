package dev.keysmith.core.key;

import dev.keysmith.core.event.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's security key was initialised.
 *
 * @param keyId which key
 * @param userId whose
 * @param activationId tells this activation from earlier ones of the same key
 * @param at when it was initialised; null in an event that an older version has recorded
 */
@EventType("key.activated")
public record SecurityKeyActivated(
    long keyId, long userId, String activationId, @Nullable Instant at) {}
