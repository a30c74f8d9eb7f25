/** WebAuthn factors and their strict verification. */
@NullMarked
package dev.keysmith.testing.org.factor;

import org.jspecify.annotations.NullMarked;
