package dev.keysmith.core.secret;

import dev.keysmith.core.event.EventType;

/**
 * The master key has a new primary key: each keeper of sealed credentials seals them again, see
 * {@link Secrets#resealed}.
 *
 * @param keyId the new key's
 */
@EventType("master-key.rotated")
public record MasterKeyRotated(int keyId) {}
