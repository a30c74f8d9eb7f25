package dev.keysmith.core.event;

import java.time.Duration;

/**
 * An observer has no room for an event now and asks for it again later. That is no failure: it
 * costs no attempt, however often it happens, and is not logged.
 */
public final class PostponedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration pause;

  /** To be called again after this time. */
  public PostponedException(Duration pause) {
    super("Postponed for " + pause, null, false, false);
    this.pause = pause;
  }

  Duration pause() {
    return pause;
  }
}
