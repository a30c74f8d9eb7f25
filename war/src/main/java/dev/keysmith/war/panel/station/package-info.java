/** Pages of stations. */
@NullMarked
package dev.keysmith.war.panel.station;

import org.jspecify.annotations.NullMarked;
