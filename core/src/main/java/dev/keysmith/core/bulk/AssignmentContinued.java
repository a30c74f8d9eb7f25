package dev.keysmith.core.bulk;

import dev.keysmith.core.event.EventType;

/**
 * An assignment to many users has come so far.
 *
 * @param after the id of the last user who has been decided about
 */
@EventType("assignment.continued")
public record AssignmentContinued(long runId, long after) {}
