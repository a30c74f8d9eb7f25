/** Links to the server: one connection to each of the servers that share a database. */
@NullMarked
package dev.keysmith.station.connection;

import org.jspecify.annotations.NullMarked;
