/** API tokens: issued, checked, revoked; the first one comes with the server. */
@NullMarked
package dev.keysmith.core.apitoken;

import org.jspecify.annotations.NullMarked;
