/**
 * A guest: a virtual machine with USB ports, booted for tests.
 *
 * <p>Start at {@link dev.keysmith.testing.usb.Guest}.
 */
@NullMarked
package dev.keysmith.testing.usb;

import org.jspecify.annotations.NullMarked;
