package dev.keysmith.war.login;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes guessing passwords slow: so many failures per account and per address, then a wait.
 *
 * <p>A browser in which the operator has signed in before carries a cookie that says so, and has a
 * count of its own (OWASP, "Slow down online guessing attacks with device cookies"). So strangers
 * who guess keep strangers out, for a quarter of an hour, and never the operator.
 */
@ApplicationScoped
public class PasswordGate {

  static final Duration WINDOW = Duration.ofMinutes(15);
  static final int PER_ACCOUNT = 10;
  static final int PER_ADDRESS = 100;
  private static final int MOST_COUNTS = 20_000;

  @Inject Clock clock;
  @Inject TrustedProxies proxies;

  private final Map<String, Count> counts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > MOST_COUNTS;
        }
      };

  private record Count(int failures, Instant ends) {}

  /** Refuses callers from an address that has failed too often. */
  public void requireOpen(HttpServletRequest request) {
    requireFewer(address(request), PER_ADDRESS);
  }

  /**
   * Refuses passwords for an account that has seen too many wrong ones.
   *
   * @param account the account, or the browser that is known to it
   */
  public void requireOpen(HttpServletRequest request, String account) {
    requireOpen(request);
    requireFewer("account:" + account, PER_ACCOUNT);
  }

  /** Counts a failure that names no account. */
  public void countAddress(HttpServletRequest request) {
    count(address(request));
  }

  /** Counts a wrong password. */
  public void count(HttpServletRequest request, String account) {
    countAddress(request);
    count("account:" + account);
  }

  private String address(HttpServletRequest request) {
    return "address:" + proxies.caller(request);
  }

  private synchronized void count(String key) {
    Instant now = clock.instant();
    Count before = counts.get(key);
    boolean anew = before == null || !now.isBefore(before.ends());
    counts.put(
        key,
        anew ? new Count(1, now.plus(WINDOW)) : new Count(before.failures() + 1, before.ends()));
  }

  private synchronized void requireFewer(String key, int most) {
    Count count = counts.get(key);
    if (count != null && count.failures() >= most && clock.instant().isBefore(count.ends())) {
      long minutes = Math.max(1, Duration.between(clock.instant(), count.ends()).toMinutes());
      throw ProblemException.tooMany(
          "sign-in.too-many-failures",
          "Too many sign-ins have failed. Use a passkey, or wait " + minutes + " minutes.");
    }
  }
}
