/** How the server is reached: address, proxy, trust, pairing. */
@NullMarked
package dev.keysmith.station.server;

import org.jspecify.annotations.NullMarked;
