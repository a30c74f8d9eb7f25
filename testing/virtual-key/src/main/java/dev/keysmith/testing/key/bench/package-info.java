/** Serves several virtual keys over TCP to other processes of this machine. */
@NullMarked
package dev.keysmith.testing.key.bench;

import org.jspecify.annotations.NullMarked;
