package dev.keysmith.core.passkey;

import dev.keysmith.core.event.EventType;

/** An enrolment ended before its outcome was known: it has to be settled. */
@EventType("enrolment.interrupted")
public record EnrolmentInterrupted(long passkeyId) {}
