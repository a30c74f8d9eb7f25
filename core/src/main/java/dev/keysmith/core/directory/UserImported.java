package dev.keysmith.core.directory;

import dev.keysmith.core.event.EventType;

/**
 * A user is new in the directory, or has returned. Recorded when the import that brought them has
 * stored them and every group membership that it knows.
 */
@EventType("user.imported")
public record UserImported(long userId, long integrationId, long importId) {}
