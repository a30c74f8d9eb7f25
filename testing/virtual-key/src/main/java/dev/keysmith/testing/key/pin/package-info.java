/** Implements the PIN/UV auth protocols one and two, and their tokens (CTAP 2.1, section 6.5). */
@NullMarked
package dev.keysmith.testing.key.pin;

import org.jspecify.annotations.NullMarked;
