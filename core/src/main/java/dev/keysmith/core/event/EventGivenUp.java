package dev.keysmith.core.event;

import dev.keysmith.core.message.Message;

/**
 * Fired as a CDI event when an event is given up and waits for an operator, in the transaction that
 * parks it: for what would otherwise look as if it were still under way.
 *
 * @param event what could not be delivered
 * @param reason why the last attempt failed, for people
 */
public record EventGivenUp(Record event, Message reason) {}
