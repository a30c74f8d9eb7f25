package dev.keysmith.core.server;

/**
 * Fired once as a CDI event when no event is delivered any more and plugins can still load classes.
 * For closing what plugins have made; an observer throws nothing.
 */
public record ServerStopping() {}
