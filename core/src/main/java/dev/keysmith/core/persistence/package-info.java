/** The database: where it is, its schema, how values are stored. */
@NullMarked
package dev.keysmith.core.persistence;

import org.jspecify.annotations.NullMarked;
