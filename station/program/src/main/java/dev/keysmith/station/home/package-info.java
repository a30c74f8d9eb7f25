/** The directory in which a station keeps its configuration, its private key and its status. */
@NullMarked
package dev.keysmith.station.home;

import org.jspecify.annotations.NullMarked;
