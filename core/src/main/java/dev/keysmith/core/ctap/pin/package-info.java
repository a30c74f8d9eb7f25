/** The cryptography of PINs: PIN/UV auth protocols one and two, and the key agreement. */
@NullMarked
package dev.keysmith.core.ctap.pin;

import org.jspecify.annotations.NullMarked;
