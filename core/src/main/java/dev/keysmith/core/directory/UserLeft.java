package dev.keysmith.core.directory;

import dev.keysmith.core.event.EventType;

/** A user has left: deactivated at the identity provider, or no longer listed there. */
@EventType("user.left")
public record UserLeft(long userId) {}
