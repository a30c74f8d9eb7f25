package dev.keysmith.core.directory;

import dev.keysmith.core.event.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user is new in the directory, or has returned. Recorded when the import that brought them has
 * stored them and every group membership that it knows.
 *
 * @param at when that was; null in an event that an older version has recorded
 */
@EventType("user.imported")
public record UserImported(long userId, long integrationId, long importId, @Nullable Instant at) {}
