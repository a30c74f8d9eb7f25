package dev.keysmith.war.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {

  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  private final FailedLogins failures = new FailedLogins();

  @BeforeEach
  void setClock() {
    failures.clock = Clock.fixed(START, ZoneOffset.UTC);
  }

  private void failAsOftenAsAllowed() {
    for (int i = 0; i < FailedLogins.ALLOWED; i++) {
      assertThat(failures.count("10.0.0.1")).isFalse();
    }
  }

  @Test
  void findsTooManyFailuresFromOnePlaceOnly() {
    failAsOftenAsAllowed();

    assertThat(failures.count("10.0.0.1")).isTrue();
    assertThat(failures.count("10.0.0.2")).isFalse();
  }

  @Test
  void forgivesAfterAMinute() {
    failAsOftenAsAllowed();
    failures.clock = Clock.fixed(START.plus(FailedLogins.WINDOW), ZoneOffset.UTC);

    assertThat(failures.count("10.0.0.1")).isFalse();
  }
}
