/** Resources of stations. */
@NullMarked
package dev.keysmith.war.rest.station;

import org.jspecify.annotations.NullMarked;
