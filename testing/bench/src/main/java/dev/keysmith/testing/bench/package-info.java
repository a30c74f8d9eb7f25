/**
 * The key transport of practice mode: virtual security keys that another process keeps.
 *
 * <p>A plugin like any other; it runs the code of the USB transport, all but the bus itself.
 */
@NullMarked
package dev.keysmith.testing.bench;

import org.jspecify.annotations.NullMarked;
