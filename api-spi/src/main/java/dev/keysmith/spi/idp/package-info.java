/** The port to identity providers: whose passkeys Keysmith puts on security keys. */
@NullMarked
package dev.keysmith.spi.idp;

import org.jspecify.annotations.NullMarked;
