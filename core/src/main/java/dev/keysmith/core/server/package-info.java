/** The order in which the server starts and stops. */
@NullMarked
package dev.keysmith.core.server;

import org.jspecify.annotations.NullMarked;
