package dev.keysmith.war.crash;

import java.time.Duration;

/**
 * How large a run is.
 *
 * @param enrolments how many people get a passkey
 * @param kills how often a server is killed
 * @param seed chooses servers, moments and patience
 * @param desks how many key sessions run at the same time
 * @param longest after which the run gives up
 * @param quiet how long the servers may take to settle what the last kill has left
 */
record Plan(int enrolments, int kills, long seed, int desks, Duration longest, Duration quiet) {

  Plan {
    if (kills < 1 || enrolments <= kills || desks < 1) {
      throw new IllegalArgumentException("A run has kills, and more enrolments than kills.");
    }
  }

  /** From system properties. */
  static Plan wanted() {
    return new Plan(
        Integer.getInteger("enrolments", 200),
        Integer.getInteger("kills", 20),
        Long.getLong("seed", System.nanoTime()),
        Integer.getInteger("desks", 3),
        Duration.ofMinutes(Integer.getInteger("minutes", 45)),
        Duration.ofSeconds(Integer.getInteger("quiet", 120)));
  }

  /** At this kill, the first being 1, a server goes that never comes back. */
  int last() {
    return (kills + 1) / 2;
  }
}
