/** Makes keys, signatures and hashes for the virtual key. */
@NullMarked
package dev.keysmith.testing.key.crypto;

import org.jspecify.annotations.NullMarked;
