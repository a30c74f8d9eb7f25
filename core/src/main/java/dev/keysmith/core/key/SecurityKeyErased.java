package dev.keysmith.core.key;

import dev.keysmith.core.event.EventType;

/** A security key was reset: nothing that was written on it is there any more. */
@EventType("key.erased")
public record SecurityKeyErased(long keyId) {}
