/** Passkeys: promised to a user, written on a security key, active at the identity provider. */
@NullMarked
package dev.keysmith.core.passkey;

import org.jspecify.annotations.NullMarked;
