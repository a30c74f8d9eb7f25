package dev.keysmith.testing.usb;

import dev.keysmith.spi.Bytes;
import dev.keysmith.testing.key.usb.HidFunction;
import dev.keysmith.testing.key.usb.HidLayout;
import dev.keysmith.testing.key.usb.HidReports;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A device that looks like a security key, speaks CTAPHID and knows nothing of CTAP2: it sends each
 * message back. One that begins with {@link #SILENCE} is never answered, not even when cancelled.
 */
final class EchoKey implements HidFunction {

  static final byte SILENCE = 0x55;

  private static final String REPORT_DESCRIPTOR =
      "06d0f10901a1010920150026ff007508954081020921150026ff00750895409102c0";
  private static final int PACKET = 64;
  private static final int INIT = 0x86;
  private static final int CBOR = 0x90;
  private static final int CAPABILITY_CBOR = 4;
  private static final int FIRST = 57;
  private static final int NEXT = 59;

  private final HidLayout layout;
  private final boolean mute;
  private final CountDownLatch addressed = new CountDownLatch(1);

  private EchoKey(HidLayout layout, boolean mute) {
    this.layout = layout;
    this.mute = mute;
  }

  /** One behind endpoints of any number. */
  static EchoKey behind(int in, int out) {
    return new EchoKey(layout(in, out), false);
  }

  /** One that does not even answer INIT. */
  static EchoKey mute() {
    return new EchoKey(layout(0x81, 0x01), true);
  }

  private static HidLayout layout(int in, int out) {
    Bytes descriptor = Bytes.of(HexFormat.of().parseHex(REPORT_DESCRIPTOR));
    return new HidLayout(0, 0, descriptor, in, OptionalInt.of(out), PACKET, 2);
  }

  /** Waits until the host has sent something. */
  void awaitAddressed() throws InterruptedException {
    if (!addressed.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("The host has sent nothing.");
    }
  }

  @Override
  public HidLayout layout() {
    return layout;
  }

  @Override
  public HidReports powerUp() {
    return new Reports();
  }

  private final class Reports implements HidReports {

    private final BlockingQueue<byte[]> out = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int expected;
    private volatile boolean powered = true;

    @Override
    public void write(byte[] report) {
      addressed.countDown();
      ByteBuffer in = ByteBuffer.wrap(report);
      int channel = in.getInt();
      int command = in.get() & 0xFF;
      if (mute) {
        return;
      }
      if (command == INIT) {
        byte[] nonce = Arrays.copyOfRange(report, 7, 15);
        byte[] answer = {2, 1, 0, 0, CAPABILITY_CBOR};
        send(channel, INIT, ByteBuffer.allocate(17).put(nonce).putInt(7).put(answer).array());
      } else if (command == CBOR) {
        expected = in.getShort() & 0xFFFF;
        message.reset();
        message.write(report, 7, Math.min(FIRST, expected));
        answerIfWhole(channel);
      } else if (command < 0x80) {
        message.write(report, 5, Math.min(NEXT, expected - message.size()));
        answerIfWhole(channel);
      }
    }

    private void answerIfWhole(int channel) {
      byte[] whole = message.toByteArray();
      if (whole.length == expected && whole[0] != SILENCE) {
        send(channel, CBOR, whole);
      }
    }

    private void send(int channel, int command, byte[] data) {
      ByteBuffer packet = ByteBuffer.allocate(PACKET).putInt(channel).put((byte) command);
      packet.putShort((short) data.length).put(data, 0, Math.min(FIRST, data.length));
      out.add(packet.array());
      int sequence = 0;
      for (int offset = FIRST; offset < data.length; offset += NEXT) {
        ByteBuffer next = ByteBuffer.allocate(PACKET).putInt(channel).put((byte) sequence++);
        out.add(next.put(data, offset, Math.min(NEXT, data.length - offset)).array());
      }
    }

    @Override
    public Optional<byte[]> read(Duration timeout) {
      try {
        return Optional.ofNullable(out.poll(timeout.toMillis(), TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean alive() {
      return powered;
    }

    @Override
    public void reset() {
      out.clear();
    }

    @Override
    public void close() {
      powered = false;
    }
  }
}
