/** The security keys that are plugged in here. */
@NullMarked
package dev.keysmith.station.desk;

import org.jspecify.annotations.NullMarked;
