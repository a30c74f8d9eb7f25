/** Lets operators choose their first passkey or password by a set-up link. */
@NullMarked
package dev.keysmith.war.login.setup;

import org.jspecify.annotations.NullMarked;
