/** The program at a desk that brings its security keys to the server. */
@NullMarked
package dev.keysmith.station;

import org.jspecify.annotations.NullMarked;
