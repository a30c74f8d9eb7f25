package dev.keysmith.usb;

import java.time.Duration;

/**
 * How long to wait for a key where no caller says it.
 *
 * @param busy how long it may serve another program before we give up
 * @param busyPause between two questions whether it is free again
 * @param cancelGrace how long it may take to end what was cancelled; together with {@code
 *     resynchronisation} less than a second (KEY-4)
 * @param resynchronisation how long it may take to answer CTAPHID_INIT then
 * @param packetGap how long it may pause in the middle of a message
 */
record Timeouts(
    Duration busy,
    Duration busyPause,
    Duration cancelGrace,
    Duration resynchronisation,
    Duration packetGap) {

  static final Timeouts USUAL =
      new Timeouts(
          Duration.ofSeconds(2),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofMillis(300),
          Duration.ofSeconds(1));
}
