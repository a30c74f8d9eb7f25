/** Measurements of the server's size: many users, keys and entries. */
@NullMarked
package dev.keysmith.core.scale;

import org.jspecify.annotations.NullMarked;
