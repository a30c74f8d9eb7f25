package dev.keysmith.core.enrolment;

import dev.keysmith.core.event.EventType;

/**
 * An enrolment is to be settled, unless it has come to its end or still runs. Scheduled when it
 * begins, so that the end of its server cannot lose it.
 *
 * @param attempt which one; a later attempt for the same passkey is not concerned
 */
@EventType(value = "enrolment.interrupted", slow = true)
public record SettlementDue(long passkeyId, String attempt) {}
