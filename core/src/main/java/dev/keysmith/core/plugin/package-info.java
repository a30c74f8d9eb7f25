/** Plugins: found, verified, configured. */
@NullMarked
package dev.keysmith.core.plugin;

import org.jspecify.annotations.NullMarked;
