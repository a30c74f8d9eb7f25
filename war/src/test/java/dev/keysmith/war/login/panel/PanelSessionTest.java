package dev.keysmith.war.login.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PanelSessionTest {

  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  private static final Duration FIVE = Duration.ofMinutes(5);
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration ABSOLUTE = Duration.ofHours(12);

  private final PanelSession session = new PanelSession(7, START, START, "token");

  private static Instant after(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  @Test
  void isFreshForFiveMinutesAfterEachConfirmation() {
    assertThat(session.isFresh(after(4), FIVE)).isTrue();
    assertThat(session.isFresh(after(5), FIVE)).isFalse();

    session.touch(after(6));
    assertThat(session.isFresh(after(6), FIVE)).as("use confirms nothing").isFalse();
    session.confirm(after(7));
    assertThat(session.isFresh(after(11), FIVE)).isTrue();
    assertThat(session.isFresh(after(12), FIVE)).isFalse();
  }

  @Test
  void isNoFresherWhenItGoesOnAfterAllOthersHaveEnded() {
    PanelSession next = session.renewed(after(6));

    assertThat(next.isFresh(after(6), FIVE)).isFalse();
    assertThat(next.begun()).isEqualTo(after(6));
    assertThat(next.csrfToken()).as("the page that is open goes on").isEqualTo("token");
  }

  @Test
  void isOverWithoutUseAndInAnyCaseInTheEnd() {
    assertThat(session.isOver(after(29), IDLE, ABSOLUTE)).isFalse();
    assertThat(session.isOver(after(30), IDLE, ABSOLUTE)).isTrue();

    session.touch(after(719));
    assertThat(session.isOver(after(719), IDLE, ABSOLUTE)).isFalse();
    assertThat(session.isOver(after(720), IDLE, ABSOLUTE)).isTrue();
  }
}
