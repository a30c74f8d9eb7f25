/** Credentials sealed at rest. */
@NullMarked
package dev.keysmith.core.secret;

import org.jspecify.annotations.NullMarked;
