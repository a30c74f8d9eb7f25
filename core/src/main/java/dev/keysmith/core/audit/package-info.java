/** Who did what to whom, and when. */
@NullMarked
package dev.keysmith.core.audit;

import org.jspecify.annotations.NullMarked;
