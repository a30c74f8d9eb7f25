/** The command line. */
@NullMarked
package dev.keysmith.station.command;

import org.jspecify.annotations.NullMarked;
