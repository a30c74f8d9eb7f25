/** What went wrong, in words for the person who asked for it. */
@NullMarked
package dev.keysmith.core.problem;

import org.jspecify.annotations.NullMarked;
