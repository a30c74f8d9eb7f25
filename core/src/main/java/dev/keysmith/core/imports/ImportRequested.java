package dev.keysmith.core.imports;

import dev.keysmith.core.event.EventType;

/** An import was queued. */
@EventType(value = "import.requested", slow = true)
public record ImportRequested(long importId) {}
