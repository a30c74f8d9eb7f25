package dev.keysmith.testing.key.hid;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A CTAPHID packet (CTAP 2.1, section 11.2.4).
 *
 * @param command of an initialization packet, -1 for a continuation packet
 * @param sequence of a continuation packet, -1 for an initialization packet
 * @param length of the whole message as an initialization packet says
 * @param data the rest of the packet, padding included
 */
record HidPacket(int channel, int command, int sequence, int length, byte[] data) {

  static final int SIZE = 64;
  private static final int FIRST = SIZE - 7;
  private static final int FURTHER = SIZE - 5;

  /** The most that fits into 1 + 128 packets. */
  static final int MAX_MESSAGE = FIRST + 128 * FURTHER;

  static HidPacket parse(byte[] report) {
    ByteBuffer in = ByteBuffer.wrap(report);
    int channel = in.getInt();
    int type = in.get();
    boolean initialization = type < 0;
    int length = initialization ? in.getShort() & 0xFFFF : 0;
    byte[] data = new byte[in.remaining()];
    in.get(data);
    return initialization
        ? new HidPacket(channel, type & 0x7F, -1, length, data)
        : new HidPacket(channel, -1, type, length, data);
  }

  boolean initialization() {
    return command >= 0;
  }

  /** The reports that carry a message. */
  static List<byte[]> fragment(int channel, int command, byte[] message) {
    List<byte[]> reports = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(message);
    ByteBuffer first = ByteBuffer.allocate(SIZE);
    first.putInt(channel).put((byte) (command | 0x80)).putShort((short) message.length);
    reports.add(fill(first, rest));
    for (int sequence = 0; rest.hasRemaining(); sequence++) {
      reports.add(fill(ByteBuffer.allocate(SIZE).putInt(channel).put((byte) sequence), rest));
    }
    return reports;
  }

  private static byte[] fill(ByteBuffer report, ByteBuffer rest) {
    byte[] part = new byte[Math.min(report.remaining(), rest.remaining())];
    rest.get(part);
    report.put(part);
    return report.array();
  }
}
