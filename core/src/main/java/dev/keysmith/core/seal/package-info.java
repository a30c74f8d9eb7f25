/** The master key, and seals that show whether a row was written by the server. */
@NullMarked
package dev.keysmith.core.seal;

import org.jspecify.annotations.NullMarked;
