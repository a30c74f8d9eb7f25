package dev.keysmith.testing.key.hid;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/** The host side of CTAPHID, as plain as can be: it accepts no irregularity. */
public final class HidHost {

  public static final int BROADCAST = 0xFFFFFFFF;
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A message as it came from the device. */
  record Message(int channel, int command, byte[] data) {}

  private final VirtualHidDevice device;

  HidHost(VirtualHidDevice device) {
    this.device = device;
  }

  /** Gets a channel. */
  int open() {
    byte[] nonce = {1, 2, 3, 4, 5, 6, 7, 8};
    send(BROADCAST, 0x06, nonce);
    Message answer = receive();
    if (!Arrays.equals(Arrays.copyOf(answer.data(), 8), nonce)) {
      throw new AssertionError("Not my nonce");
    }
    return ByteBuffer.wrap(answer.data(), 8, 4).getInt();
  }

  void send(int channel, int command, byte[] message) {
    sendFirst(channel, command, message);
    int sequence = 0;
    for (int offset = 57; offset < message.length; offset += 59) {
      sendNext(channel, sequence++, part(message, offset, 59));
    }
  }

  void sendFirst(int channel, int command, byte[] message) {
    ByteBuffer report = ByteBuffer.allocate(64).putInt(channel).put((byte) (0x80 | command));
    report.putShort((short) message.length).put(part(message, 0, 57));
    device.write(report.array());
  }

  void sendNext(int channel, int sequence, byte[] part) {
    device.write(ByteBuffer.allocate(64).putInt(channel).put((byte) sequence).put(part).array());
  }

  byte[] report() {
    return device.read(PATIENCE).orElseThrow(() -> new AssertionError("No report came"));
  }

  /** The next message; keep-alives are messages, too. */
  Message receive() {
    ByteBuffer first = ByteBuffer.wrap(report());
    int channel = first.getInt();
    int command = first.get() & 0x7F;
    int length = first.getShort() & 0xFFFF;
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.write(first.array(), 7, Math.min(57, length));
    for (int sequence = 0; data.size() < length; sequence++) {
      ByteBuffer next = ByteBuffer.wrap(report());
      if (next.getInt() != channel || next.get() != sequence) {
        throw new AssertionError("Out of order");
      }
      data.write(next.array(), 5, Math.min(59, length - data.size()));
    }
    return new Message(channel, command, data.toByteArray());
  }

  /** The next message that is no keep-alive. */
  Message answer() {
    Message message = receive();
    while (message.command() == 0x3B) {
      message = receive();
    }
    return message;
  }

  private static byte[] part(byte[] message, int offset, int length) {
    return Arrays.copyOfRange(message, offset, Math.min(message.length, offset + length));
  }
}
