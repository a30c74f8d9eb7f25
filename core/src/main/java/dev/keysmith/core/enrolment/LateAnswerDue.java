package dev.keysmith.core.enrolment;

import dev.keysmith.core.event.EventType;
import java.time.Duration;
import java.util.List;

/**
 * What was handed in for an enrolment that was undone may have taken effect since: the call may
 * have outlasted the time that the server waits for it. Recorded with the end of the enrolment.
 *
 * @param externalUserId the user at the identity provider
 * @param credentialId in Base64url
 */
@EventType(value = "enrolment.late-answer", slow = true)
public record LateAnswerDue(long passkeyId, String externalUserId, String credentialId) {

  /** By then a call that the server has given up has ended, unless its plugin hangs. */
  static final Duration AFTER = Duration.ofMinutes(15);

  /** When is looked: no plugin and no queue of an identity provider has a bound that is known. */
  static final List<Duration> LOOKS = List.of(AFTER, Duration.ofHours(3), Duration.ofDays(1));

  /** For an enrolment whose key has answered. */
  static LateAnswerDue of(EnrolmentJournal.Known known) {
    String credentialId = known.credentialId().orElseThrow().toBase64Url();
    return new LateAnswerDue(known.passkeyId(), known.externalUserId(), credentialId);
  }
}
