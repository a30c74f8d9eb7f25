/** Resources for passkeys, and for assigning them to many users. */
@NullMarked
package dev.keysmith.war.rest.passkey;

import org.jspecify.annotations.NullMarked;
