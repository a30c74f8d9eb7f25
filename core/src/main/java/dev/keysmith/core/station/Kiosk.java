package dev.keysmith.core.station;

/**
 * A connected station that serves owners.
 *
 * @param site where it stands; may be empty
 */
public record Kiosk(long id, String name, String site) {}
