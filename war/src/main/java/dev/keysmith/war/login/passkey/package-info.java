/** Runs the WebAuthn ceremonies by which operators sign in, confirm, and make passkeys. */
@NullMarked
package dev.keysmith.war.login.passkey;

import org.jspecify.annotations.NullMarked;
