/** Finds out why no key is seen, or no server is reached, and says the remedy. */
@NullMarked
package dev.keysmith.station.doctor;

import org.jspecify.annotations.NullMarked;
