package dev.keysmith.testing.key.hid;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The channels that the device gave out, and which one has locked it (11.2.3 and 11.2.9.2.2). */
final class HidChannels {

  static final int BROADCAST = 0xFFFFFFFF;

  private final Clock clock;
  private final SecureRandom random;
  private final Set<Integer> known = new HashSet<>();
  private int lockedBy;
  private Instant lockedUntil = Instant.MIN;

  HidChannels(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  int allocate() {
    int channel;
    do {
      channel = random.nextInt();
    } while (channel == 0 || channel == BROADCAST || !known.add(channel));
    return channel;
  }

  boolean knows(int channel) {
    return known.contains(channel);
  }

  void lock(int channel, Duration duration) {
    lockedBy = channel;
    lockedUntil = clock.instant().plus(duration);
  }

  boolean lockedForOthersThan(int channel) {
    return clock.instant().isBefore(lockedUntil) && lockedBy != channel;
  }
}
