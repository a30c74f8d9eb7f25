package dev.keysmith.core.pin;

import dev.keysmith.core.event.EventType;

/** A random PIN waits to be handed over; its time ends by itself. */
@EventType("random-pin.kept")
public record RandomPinKept(long pinId) {}
