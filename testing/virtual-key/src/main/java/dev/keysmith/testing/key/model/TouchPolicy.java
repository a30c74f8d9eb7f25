package dev.keysmith.testing.key.model;

import dev.keysmith.testing.key.VirtualKey;
import java.time.Duration;

/**
 * Who touches the key when it asks for a touch.
 *
 * @param kind what happens
 * @param delay after how long, for {@link Kind#AFTER_DELAY}; zero otherwise
 */
public record TouchPolicy(Kind kind, Duration delay) {

  /** What happens when the key asks for a touch. */
  public enum Kind {
    /** It is touched at once. */
    AUTOMATIC,
    /** It is touched after a while. */
    AFTER_DELAY,
    /** It waits for {@link VirtualKey#touch()}. */
    BY_HAND,
    /** It is never touched, not even by {@link VirtualKey#touch()}. */
    NEVER
  }

  /** The key is touched as soon as it asks. */
  public static TouchPolicy automatic() {
    return new TouchPolicy(Kind.AUTOMATIC, Duration.ZERO);
  }

  /** The key is touched when it has asked for {@code delay}, by the key's clock. */
  public static TouchPolicy after(Duration delay) {
    return new TouchPolicy(Kind.AFTER_DELAY, delay);
  }

  /** The key waits for {@link VirtualKey#touch()}. */
  public static TouchPolicy byHand() {
    return new TouchPolicy(Kind.BY_HAND, Duration.ZERO);
  }

  /** The key waits in vain. */
  public static TouchPolicy never() {
    return new TouchPolicy(Kind.NEVER, Duration.ZERO);
  }
}
