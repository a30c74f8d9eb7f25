package dev.keysmith.core.directory;

import dev.keysmith.core.event.EventType;

/** An import was queued. */
@EventType("import.requested")
public record ImportRequested(long importId) {}
