/** Time, pauses, random numbers, and what this program is. */
@NullMarked
package dev.keysmith.station.platform;

import org.jspecify.annotations.NullMarked;
