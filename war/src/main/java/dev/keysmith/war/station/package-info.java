/** The WebSocket to which stations connect. */
@NullMarked
package dev.keysmith.war.station;

import org.jspecify.annotations.NullMarked;
