package dev.keysmith.core.event;

import java.time.Instant;

/**
 * A recorded event on its way.
 *
 * @param type see {@link EventType}
 * @param recorded when
 * @param payload the record as a JSON object
 */
public record Envelope(String type, Instant recorded, String payload) {}
