/** Encodes and decodes CTAP messages, and names the status codes of CTAP 2.1. */
@NullMarked
package dev.keysmith.testing.key.message;

import org.jspecify.annotations.NullMarked;
