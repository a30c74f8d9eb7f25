/** Registers, lists and removes passkeys, which are factors to Okta. */
@NullMarked
package dev.keysmith.okta.factor;

import org.jspecify.annotations.NullMarked;
