package dev.keysmith.station.connection;

import java.time.Instant;

/**
 * A link that is proven.
 *
 * @param node the server's name
 * @param server version of the server's program
 */
public record LiveLink(
    Connection connection, String node, String server, Instant begun, long begunNanos) {}
