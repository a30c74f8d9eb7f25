package dev.keysmith.okta.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PacingTest {

  private final MovableClock clock = new MovableClock();
  private final Pacing pacing = new Pacing(clock);

  private Answer answer(long limit, long remaining, Instant reset) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("x-rate-limit-limit", List.of(String.valueOf(limit)));
    headers.put("x-rate-limit-remaining", List.of(String.valueOf(remaining)));
    headers.put("x-rate-limit-reset", List.of(String.valueOf(reset.getEpochSecond())));
    return new Answer(200, headers, Json.NOTHING);
  }

  private static Answer at(Instant date, Answer answer) {
    Map<String, List<String>> headers = new HashMap<>(answer.headers());
    String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC));
    headers.put("date", List.of(text));
    return new Answer(429, headers, answer.body());
  }

  @Test
  void leavesATenthOfTheLimitToOthers() {
    pacing.observe("a", answer(100, 12, clock.instant().plusSeconds(40)));
    assertThat(pacing.admit("a")).isZero();
    assertThat(pacing.admit("a")).isZero();
    assertThat(pacing.admit("a")).isEqualTo(Duration.ofSeconds(40));
    assertThat(pacing.admit("b")).isZero();
  }

  @Test
  void opensAgainWhenTheWindowIsOver() {
    pacing.observe("a", answer(100, 0, clock.instant().plusSeconds(40)));
    assertThat(pacing.admit("a")).isPositive();
    clock.advance(Duration.ofSeconds(40));
    assertThat(pacing.admit("a")).isZero();
  }

  @Test
  void trustsTheLowestNumberOfAWindowWhenAnswersOvertakeEachOther() {
    Instant reset = clock.instant().plusSeconds(40);
    pacing.observe("a", answer(100, 10, reset));
    pacing.observe("a", answer(100, 50, reset));
    assertThat(pacing.admit("a")).isPositive();
  }

  @Test
  void countsFromTheClockOfTheOrg() {
    Instant theirs = clock.instant().plus(Duration.ofHours(3));
    Answer refusal = at(theirs, answer(100, 0, theirs.plusSeconds(7)));
    assertThat(pacing.afterRefusal(refusal)).isEqualTo(Duration.ofSeconds(7));
    pacing.observe("a", refusal);
    assertThat(pacing.admit("a")).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void countsFromItsOwnClockWhereTheOrgShowsNone() {
    Answer refusal = answer(100, 0, clock.instant().plusSeconds(7));
    assertThat(pacing.afterRefusal(refusal)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void staysWithinBoundsWhateverTheOrgSays() {
    assertThat(pacing.afterRefusal(answer(100, 0, Instant.EPOCH))).isEqualTo(Duration.ofSeconds(1));
    Instant far = clock.instant().plus(Duration.ofDays(365));
    assertThat(pacing.afterRefusal(answer(100, 0, far))).isEqualTo(Duration.ofMinutes(2));
    var silent = new Answer(429, Map.of(), Json.NOTHING);
    assertThat(pacing.afterRefusal(silent)).isEqualTo(Duration.ofMinutes(1));
    var odd = new Answer(429, Map.of("retry-after", List.of("9")), Json.NOTHING);
    assertThat(pacing.afterRefusal(odd)).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void waitsAMomentWhenTooManyRequestsAreUnderWayAtTheSameTime() {
    Answer crowded = answer(0, 0, clock.instant().plusSeconds(60));
    assertThat(pacing.afterRefusal(crowded)).isEqualTo(Duration.ofSeconds(2));
    pacing.observe("a", crowded);
    assertThat(pacing.admit("a")).isZero();
  }
}
