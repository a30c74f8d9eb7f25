package dev.keysmith.core.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {

  private final List<Duration> waits = new ArrayList<>();
  private final RetryPolicy patience = RetryPolicy.ofTheServer((time, why) -> waits.add(time));
  private final Queue<PluginException> faults = new ArrayDeque<>();

  @Test
  void waitsAsLongAsItIsToldHoweverOften() {
    for (int i = 0; i < 50; i++) {
      faults.add(PluginException.rateLimited("Wait.", Duration.ofSeconds(42)));
    }
    assertThat(patience.call(this::answer)).isEqualTo("answer");
    assertThat(waits).isEqualTo(Collections.nCopies(50, Duration.ofSeconds(42)));
  }

  @Test
  void doesNotAskAtOnceAgainWhenToldToWaitForNothing() {
    faults.add(PluginException.rateLimited("Wait.", Duration.ZERO));
    patience.call(this::answer);
    assertThat(waits).containsExactly(Duration.ofMillis(250));
  }

  @Test
  void waitsHalfAMinuteWhenNotToldHowLong() {
    faults.add(new PluginException(Reason.RATE_LIMITED, "Wait."));
    patience.call(this::answer);
    assertThat(waits).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void waitsLongerAndLongerForAProviderThatIsOutOfReachAndThenGivesUp() {
    for (int i = 0; i < 9; i++) {
      faults.add(new PluginException(Reason.UNAVAILABLE, "No answer " + i));
    }
    assertThatThrownBy(() -> patience.call(this::answer)).hasMessage("No answer 8");
    assertThat(waits.stream().map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void countsEachCallAnew() {
    for (int call = 0; call < 3; call++) {
      for (int i = 0; i < 8; i++) {
        faults.add(new PluginException(Reason.TIMED_OUT, "No answer"));
      }
      assertThat(patience.call(this::answer)).isEqualTo("answer");
    }
  }

  @Test
  void doesNotRepeatWhatAnAdministratorMustCorrect() {
    faults.add(new PluginException(Reason.MISCONFIGURED, "Wrong token."));
    assertThatThrownBy(() -> patience.call(this::answer)).hasMessage("Wrong token.");
    assertThat(waits).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"MISCONFIGURED", "REJECTED"})
  void repeatsForAMinuteWhatIsRefusedInTheMiddleOfTheWork(Reason reason) {
    patience.call(this::answer);
    for (int i = 0; i < 7; i++) {
      faults.add(new PluginException(reason, "Refused " + i));
    }
    assertThatThrownBy(() -> patience.call(this::answer)).hasMessage("Refused 6");
    assertThat(waits.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L);
  }

  @Test
  void remembersThatAProviderHasAnsweredBeforeARestart() {
    faults.add(new PluginException(Reason.MISCONFIGURED, "Blocked by a firewall."));
    assertThat(patience.withOneThatHasAnswered().call(this::answer)).isEqualTo("answer");
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_FOUND", "EXPIRED"})
  void neverRepeatsWhatCannotPass(Reason reason) {
    patience.call(this::answer);
    faults.add(new PluginException(reason, "Gone."));
    assertThatThrownBy(() -> patience.call(this::answer)).hasMessage("Gone.");
    assertThat(waits).isEmpty();
  }

  @Test
  void tellsAPersonAtOnceOfARefusal() {
    RetryPolicy desk =
        RetryPolicy.ofAPerson(Duration.ofSeconds(60), (time, why) -> waits.add(time));
    desk.call(this::answer);
    faults.add(new PluginException(Reason.REJECTED, "The user is suspended."));
    assertThatThrownBy(() -> desk.call(this::answer)).hasMessage("The user is suspended.");
    assertThat(waits).isEmpty();
  }

  @Test
  void letsAPersonWaitWithinABoundOnly() {
    RetryPolicy desk =
        RetryPolicy.ofAPerson(Duration.ofSeconds(60), (time, why) -> waits.add(time));
    faults.add(PluginException.rateLimited("Wait.", Duration.ofSeconds(40)));
    assertThat(desk.call(this::answer)).isEqualTo("answer");
    faults.add(PluginException.rateLimited("Wait more.", Duration.ofSeconds(40)));
    assertThatThrownBy(() -> desk.call(this::answer)).hasMessage("Wait more.");
    assertThat(waits).containsExactly(Duration.ofSeconds(40));
  }

  @Test
  void tellsAPersonAtOnceThatTheProviderIsOutOfReach() {
    faults.add(new PluginException(Reason.UNAVAILABLE, "No answer."));
    RetryPolicy desk =
        RetryPolicy.ofAPerson(Duration.ofSeconds(60), (time, why) -> waits.add(time));
    assertThatThrownBy(() -> desk.call(this::answer)).hasMessage("No answer.");
    assertThat(waits).isEmpty();
  }

  private String answer() {
    PluginException fault = faults.poll();
    if (fault != null) {
      throw fault;
    }
    return "answer";
  }
}
