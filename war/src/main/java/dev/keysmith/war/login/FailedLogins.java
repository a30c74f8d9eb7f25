package dev.keysmith.war.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts failed logins by where they come from, so that guessing is slow and does not fill the log.
 *
 * <p>Counts live in memory for a minute: nobody is locked out for longer, and a restart forgives.
 */
@ApplicationScoped
public class FailedLogins {

  static final Duration WINDOW = Duration.ofMinutes(1);
  static final int ALLOWED = 20;
  private static final int MAX_SOURCES = 10_000;

  private final Map<String, Integer> counts = new HashMap<>();
  private Instant windowEnds = Instant.MIN;

  @Inject Clock clock;

  /** Counts one more failure, and says whether there are too many from there now. */
  public synchronized boolean count(String source) {
    forgetOld();
    if (counts.size() >= MAX_SOURCES && !counts.containsKey(source)) {
      return true;
    }
    return counts.merge(source, 1, Integer::sum) > ALLOWED;
  }

  private void forgetOld() {
    Instant now = clock.instant();
    if (!now.isBefore(windowEnds)) {
      counts.clear();
      windowEnds = now.plus(WINDOW);
    }
  }
}
