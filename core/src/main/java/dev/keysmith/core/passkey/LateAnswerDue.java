package dev.keysmith.core.passkey;

import dev.keysmith.core.event.EventType;
import java.time.Duration;

/**
 * What was handed in for an enrolment that was undone may have taken effect since: the call may
 * have outlasted the time that the server waits for it. Recorded with the end of the enrolment.
 *
 * @param externalUserId the user at the identity provider
 * @param credentialId in Base64url
 */
@EventType(value = "enrolment.late-answer", slow = true)
public record LateAnswerDue(long passkeyId, String externalUserId, String credentialId) {

  /** By then no call goes on that the server has given up: none lasts longer than a minute. */
  static final Duration AFTER = Duration.ofMinutes(15);
}
