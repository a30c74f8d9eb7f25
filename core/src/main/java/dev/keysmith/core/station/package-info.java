/**
 * Stations: programs at desks that bring their security keys to the server. Who may pair one, whom
 * it serves, and the key transport that reaches its keys.
 */
@NullMarked
package dev.keysmith.core.station;

import org.jspecify.annotations.NullMarked;
