/** Keeps what a virtual key remembers without power: credentials, PIN, policy, attestation. */
@NullMarked
package dev.keysmith.testing.key.store;

import org.jspecify.annotations.NullMarked;
