/**
 * A third party's plugin, as its author would write it: it sees the JDK and the SPI. The tests pack
 * it into a jar and install that in the server's directory for plugins.
 */
@NullMarked
package dev.keysmith.war.it.acme;

import org.jspecify.annotations.NullMarked;
