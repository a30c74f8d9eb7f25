package dev.keysmith.core.event;

/**
 * Fired as a CDI event when a dead letter is delivered again, in the transaction that puts it back
 * into the queue. The counterpart of {@link EventGivenUp}.
 *
 * @param event what is delivered again
 */
public record EventRetried(Record event) {}
