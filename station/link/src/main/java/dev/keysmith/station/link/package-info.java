/**
 * The link between a station and the server: frames over a WebSocket, and proofs of identity.
 *
 * <p>The server asks, the station answers. A frame is one binary WebSocket message that holds one
 * CBOR map. Unknown frames and unknown members are ignored, so that versions that differ by a minor
 * number understand each other.
 */
@NullMarked
package dev.keysmith.station.link;

import org.jspecify.annotations.NullMarked;
