/** A security key in software, for tests, practice mode and plugin authors. */
@NullMarked
package dev.keysmith.testing.key;

import org.jspecify.annotations.NullMarked;
