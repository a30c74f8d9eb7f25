package dev.keysmith.core.passkey;

import dev.keysmith.core.event.EventType;

/**
 * An enrolment ended before its outcome was known: it has to be settled.
 *
 * @param attempt which one; a later attempt for the same passkey is not concerned
 */
@EventType("enrolment.interrupted")
public record EnrolmentInterrupted(long passkeyId, String attempt) {}
