/** A security key in software: what tests, practice mode and plugin authors use for hardware. */
@NullMarked
package dev.keysmith.testing.key;

import org.jspecify.annotations.NullMarked;
