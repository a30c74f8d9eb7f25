/**
 * Guarded calls to plugins: each has a time limit, a thread and a class loader of its own, and ends
 * in a known exception.
 */
@NullMarked
package dev.keysmith.core.plugin.guard;

import org.jspecify.annotations.NullMarked;
