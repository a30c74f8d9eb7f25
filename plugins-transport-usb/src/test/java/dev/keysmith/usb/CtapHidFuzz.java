package dev.keysmith.usb;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.keysmith.spi.PluginException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;

/** A key that sends any reports, in any order, from the handshake on. */
class CtapHidFuzz {

  private static final int EXCHANGES = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @FuzzTest
  void endsInAnAnswerOrOneKindOfException(byte[] input) {
    InputPipe pipe = new InputPipe(input);
    try (UsbConnection connection = UsbConnection.open(pipe, new Random(1), () -> {})) {
      for (int i = 0; i < EXCHANGES; i++) {
        exchange(connection);
      }
    } catch (PluginException e) {
      // The key did not come through the handshake.
    }
    assertThat(pipe.closed).isTrue();
  }

  private static void exchange(UsbConnection connection) {
    try {
      byte[] answer =
          connection.exchange(
              new byte[100],
              TIMEOUT,
              status -> {
                if (status.ordinal() > 0) {
                  connection.cancel();
                }
              });
      assertThat(answer).hasSizeBetween(1, 7609);
    } catch (PluginException e) {
      // What callers expect; the connection is used again.
    }
  }

  /**
   * Reports from the input. The first byte of each says what it is, so that a fuzzer need not guess
   * nonces and channels; when the input is used up, the key is pulled out.
   */
  private static final class InputPipe implements PacketPipe {

    private static final int CHANNEL = 0x01020304;

    private final ByteBuffer input;
    private byte[] written = new byte[PACKET_LENGTH];
    private boolean closed;

    InputPipe(byte[] input) {
      this.input = ByteBuffer.wrap(input);
    }

    @Override
    public void write(byte[] packet) {
      assertThat(packet).hasSize(PACKET_LENGTH);
      written = packet;
    }

    @Override
    public byte[] read(Duration timeout) {
      if (!input.hasRemaining()) {
        throw new PluginException(PluginException.Reason.KEY_ABSENT, "The input is used up.");
      }
      return switch (input.get() & 0x07) {
        case 0 -> new byte[0];
        case 1 -> initAnswer();
        case 2 -> rest(input.hasRemaining() ? input.get() & 0x7F : 0);
        case 3 -> rest(PACKET_LENGTH);
        default -> ofOurChannel();
      };
    }

    /** The right answer to the INIT that was written last, if it was one. */
    private byte[] initAnswer() {
      ByteBuffer packet = ByteBuffer.allocate(PACKET_LENGTH);
      packet.put(written, 0, 4).put((byte) 0x86).putShort((short) 17);
      return packet.put(written, 7, 8).putInt(CHANNEL).put(new byte[] {2, 5, 0, 1, 4}).array();
    }

    private byte[] ofOurChannel() {
      byte[] packet = new byte[PACKET_LENGTH];
      ByteBuffer.wrap(packet).putInt(CHANNEL);
      input.get(packet, 4, Math.min(input.remaining(), PACKET_LENGTH - 4));
      return packet;
    }

    private byte[] rest(int length) {
      byte[] packet = new byte[length];
      input.get(packet, 0, Math.min(input.remaining(), length));
      return packet;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
