package dev.keysmith.station.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Waits; tests wait for nothing. */
@FunctionalInterface
public interface Pauses {

  /**
   * Waits until a time is over, or there is a permit.
   *
   * @param wake its permit, if there is one, is taken
   */
  void await(Semaphore wake, Duration longest) throws InterruptedException;
}
