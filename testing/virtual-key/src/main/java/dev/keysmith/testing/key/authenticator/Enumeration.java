package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.message.CtapStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The answers that are still to be fetched by a stateful command (CTAP 2.1, section 6). */
final class Enumeration {

  /** A platform that fetches more slowly has to begin again. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Which command may fetch the next answer. */
  enum Kind {
    NONE,
    ASSERTIONS,
    RELYING_PARTIES,
    CREDENTIALS
  }

  private Kind kind = Kind.NONE;
  private Instant last = Instant.MIN;
  private final Deque<Supplier<Map<Object, Object>>> rest = new ArrayDeque<>();

  /** Remembers all but the first answer, which it makes. */
  Map<Object, Object> begin(Kind of, List<Supplier<Map<Object, Object>>> answers, Instant now) {
    forget();
    kind = of;
    last = now;
    rest.addAll(answers);
    return rest.remove().get();
  }

  /** Makes the next answer; fails with {@code NOT_ALLOWED} if there is none. */
  Map<Object, Object> next(Kind of, Instant now) {
    if (kind != of || rest.isEmpty() || now.isAfter(last.plus(TIMEOUT))) {
      forget();
      throw CtapStatus.NOT_ALLOWED.error();
    }
    last = now;
    return rest.remove().get();
  }

  void forget() {
    kind = Kind.NONE;
    rest.clear();
  }
}
