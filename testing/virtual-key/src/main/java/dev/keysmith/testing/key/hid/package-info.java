/** Puts a virtual key behind 64-byte reports (CTAPHID), with faults on request. */
@NullMarked
package dev.keysmith.testing.key.hid;

import org.jspecify.annotations.NullMarked;
