/** Security keys that change hands, and what becomes of the passkeys on them. */
@NullMarked
package dev.keysmith.core.custody;

import org.jspecify.annotations.NullMarked;
