/** Passkeys: assigned to a user, active at the identity provider, revoked. */
@NullMarked
package dev.keysmith.core.passkey;

import org.jspecify.annotations.NullMarked;
