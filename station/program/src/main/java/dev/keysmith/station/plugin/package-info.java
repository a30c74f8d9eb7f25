/** Key transports: those in the program, and those of third parties. */
@NullMarked
package dev.keysmith.station.plugin;

import org.jspecify.annotations.NullMarked;
