/** Messages of CTAP as they travel: commands, status codes, and CBOR that is read with care. */
@NullMarked
package dev.keysmith.core.ctap.wire;

import org.jspecify.annotations.NullMarked;
