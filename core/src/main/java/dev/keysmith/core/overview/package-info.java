/** Figures about everything: how far the keys have come, and what needs attention. */
@NullMarked
package dev.keysmith.core.overview;

import org.jspecify.annotations.NullMarked;
