package dev.keysmith.core.problem;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one walk along the causes of a failure: transactions, proxies and observers wrap what is
 * thrown.
 */
public final class Causes {

  private static final int MOST = 10;

  private Causes() {}

  /**
   * The failure itself and its causes, the outermost first; ten at most, for causes can be a
   * circle.
   */
  public static Stream<Throwable> of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MOST);
  }

  /** The outermost one of a type. */
  public static <T> Optional<T> find(Throwable failure, Class<T> type) {
    return of(failure).filter(type::isInstance).map(type::cast).findFirst();
  }
}
