/** A server and a key transport for tests. */
@NullMarked
package dev.keysmith.station.fake;

import org.jspecify.annotations.NullMarked;
