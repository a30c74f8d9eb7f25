package dev.keysmith.okta.http;

import java.time.Duration;

/** Waits; a test moves its clock instead. */
@FunctionalInterface
public interface Pause {

  /** Waits on the calling thread. */
  Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

  void lasting(Duration duration) throws InterruptedException;
}
