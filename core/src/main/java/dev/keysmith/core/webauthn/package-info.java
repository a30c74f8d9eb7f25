/** The checks of a WebAuthn client: relying party, client data, attestation. */
@NullMarked
package dev.keysmith.core.webauthn;

import org.jspecify.annotations.NullMarked;
