package dev.keysmith.core.custody;

import dev.keysmith.core.event.EventType;

/**
 * A key was asked to erase itself a while ago; unless it is known by now what became of that, it is
 * decided.
 *
 * @param erasureId see {@link PendingErasure#id()}
 */
@EventType("key.erasure-due")
public record ErasureDue(long erasureId) {}
