/** PINs of security keys: who has tried which, and random ones until they are handed over. */
@NullMarked
package dev.keysmith.core.pin;

import org.jspecify.annotations.NullMarked;
