/** Which operators may do what. */
@NullMarked
package dev.keysmith.core.access;

import org.jspecify.annotations.NullMarked;
