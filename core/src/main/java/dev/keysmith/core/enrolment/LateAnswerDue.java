package dev.keysmith.core.enrolment;

import dev.keysmith.core.event.EventType;
import dev.keysmith.core.seal.Seals;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was handed in for an enrolment that was undone may have taken effect since: the call may
 * have outlasted the time that the server waits for it. Recorded with the end of the enrolment.
 *
 * @param externalUserId the user at the identity provider
 * @param credentialId in Base64url
 * @param seal of the other values: an event that was written past the server removes nothing
 */
@EventType(value = "enrolment.late-answer", slow = true)
public record LateAnswerDue(
    long passkeyId, String externalUserId, String credentialId, @Nullable String seal) {

  private static final String PURPOSE = "late-answer";

  /** By then a call that the server has given up has ended, unless its plugin hangs. */
  static final Duration AFTER = Duration.ofMinutes(15);

  /** When is looked: no plugin and no queue of an identity provider has a bound that is known. */
  static final List<Duration> LOOKS = List.of(AFTER, Duration.ofHours(3), Duration.ofDays(1));

  /** For an enrolment whose key has answered. */
  static LateAnswerDue of(EnrolmentJournal.Known known, Seals seals) {
    String credentialId = known.credentialId().orElseThrow().toBase64Url();
    LateAnswerDue due =
        new LateAnswerDue(known.passkeyId(), known.externalUserId(), credentialId, null);
    return new LateAnswerDue(
        due.passkeyId(), due.externalUserId(), credentialId, seals.seal(PURPOSE, due.values()));
  }

  private List<String> values() {
    return List.of(Long.toString(passkeyId), externalUserId, credentialId);
  }

  boolean isSealed(Seals seals) {
    return seals.holds(seal, PURPOSE, values());
  }
}
