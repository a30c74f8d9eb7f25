package dev.keysmith.testing.key.hid;

import java.time.Duration;
import java.time.Instant;

/** A message that is being received packet by packet. */
final class HidMessage {

  /** How long the host may pause between two packets (CTAP 2.1, section 11.2.5.2). */
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final int channel;
  private final int command;
  private final byte[] data;
  private int received;
  private int nextSequence;
  private Instant last;

  HidMessage(HidPacket first, Instant now) {
    this.channel = first.channel();
    this.command = first.command();
    this.data = new byte[first.length()];
    this.last = now;
    append(first.data());
  }

  int channel() {
    return channel;
  }

  int command() {
    return command;
  }

  byte[] data() {
    return data;
  }

  boolean complete() {
    return received == data.length;
  }

  boolean expects(HidPacket packet) {
    return packet.sequence() == nextSequence;
  }

  void add(HidPacket packet, Instant now) {
    nextSequence++;
    last = now;
    append(packet.data());
  }

  boolean timedOut(Instant now) {
    return now.isAfter(last.plus(TIMEOUT));
  }

  private void append(byte[] part) {
    int length = Math.min(part.length, data.length - received);
    System.arraycopy(part, 0, data, received, length);
    received += length;
  }
}
