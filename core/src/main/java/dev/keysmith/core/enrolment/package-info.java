/**
 * Enrolments: how a passkey is written on a security key, and settled after a crash. The passkeys
 * that are on a key, those of open enrolments included, are found here, too.
 */
@NullMarked
package dev.keysmith.core.enrolment;

import org.jspecify.annotations.NullMarked;
