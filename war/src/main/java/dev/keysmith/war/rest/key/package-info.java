/** Resources for security keys, the station, key sessions and random PINs. */
@NullMarked
package dev.keysmith.war.rest.key;

import org.jspecify.annotations.NullMarked;
