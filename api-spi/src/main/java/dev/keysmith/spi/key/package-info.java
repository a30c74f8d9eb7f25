/** The port to security keys: how CTAP2 messages reach them. */
@NullMarked
package dev.keysmith.spi.key;

import org.jspecify.annotations.NullMarked;
