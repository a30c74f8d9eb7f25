/** Durable events: recorded with the change, delivered after it, at least once. */
@NullMarked
package dev.keysmith.core.event;

import org.jspecify.annotations.NullMarked;
