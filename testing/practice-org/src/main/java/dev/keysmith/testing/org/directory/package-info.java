/** The people and groups of the practice org. */
@NullMarked
package dev.keysmith.testing.org.directory;

import org.jspecify.annotations.NullMarked;
