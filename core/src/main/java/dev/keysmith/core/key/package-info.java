/** Security keys: which there are, whose they are, and which are plugged in now. */
@NullMarked
package dev.keysmith.core.key;

import org.jspecify.annotations.NullMarked;
