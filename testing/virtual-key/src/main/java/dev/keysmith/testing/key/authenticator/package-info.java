/** Processes the commands of the authenticator API (CTAP 2.1, section 6). */
@NullMarked
package dev.keysmith.testing.key.authenticator;

import org.jspecify.annotations.NullMarked;
