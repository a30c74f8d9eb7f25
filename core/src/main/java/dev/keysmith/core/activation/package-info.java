/**
 * Activation by the owner: a one-time code opens the way to a key session for one user only.
 *
 * <p>An operator issues a code; it is shown once, or sent by e-mail, and kept as a sealed hash.
 * Redeeming it begins an activation session, proved by a token of its own. A code is used up when
 * it has led to an active passkey, or when its time is over; a mistyped PIN costs no code.
 */
@NullMarked
package dev.keysmith.core.activation;

import org.jspecify.annotations.NullMarked;
