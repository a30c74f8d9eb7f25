package dev.keysmith.war.progress;

import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import tools.jackson.databind.ObjectWriter;

/**
 * How a stream reaches its caller.
 *
 * @param writer of the states, in the language of the caller
 */
record Channel(Sse sse, SseEventSink sink, ObjectWriter writer) {}
