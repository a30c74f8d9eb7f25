/** Runs features without a server: the same CDI, JTA, JPA and SQL, in milliseconds. */
@NullMarked
package dev.keysmith.core.harness;

import org.jspecify.annotations.NullMarked;
