package dev.keysmith.pcsc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A card that answers anything, from the selection of its applet on. */
class CtapNfcFuzz {

  private static final int EXCHANGES = 4;

  private static final Timeouts IMPATIENT =
      new Timeouts(
          Duration.ofMillis(50), Duration.ofMillis(5), Duration.ofNanos(1), Duration.ofMillis(5));

  @FuzzTest
  void endsInAnAnswerOrOneKindOfException(byte[] input) {
    ByteBuffer answers = ByteBuffer.wrap(input);
    CtapNfc applet = new CtapNfc(command -> answer(answers), IMPATIENT);
    try {
      applet.open();
    } catch (PluginException e) {
      // The card is no key, and is asked all the same.
    }
    for (int i = 0; i < EXCHANGES; i++) {
      exchange(applet);
    }
  }

  private static void exchange(CtapNfc applet) {
    applet.begin();
    try {
      byte[] answer =
          applet.exchange(
              new byte[300],
              status -> {
                if (status.ordinal() > 0) {
                  applet.cancel();
                }
              });
      assertThat(answer).hasSizeBetween(1, 7609);
    } catch (PluginException e) {
      // What callers expect; the applet is used again.
    }
  }

  /** The first byte says how the answer ends, so that a fuzzer need not guess status words. */
  private static byte[] answer(ByteBuffer input) {
    if (!input.hasRemaining()) {
      throw new PluginException(Reason.KEY_ABSENT, "The input is used up.");
    }
    int kind = input.get() & 0x07;
    int length = input.hasRemaining() ? input.get() & 0xFF : 0;
    byte[] data = new byte[Math.min(input.remaining(), length)];
    input.get(data);
    return switch (kind) {
      case 0 -> data;
      case 1 -> with(data, 0x6100);
      case 2 -> with(data, 0x9100);
      case 3 -> with(data, 0x6A86);
      case 4 -> with(data, 0x6884);
      case 5 -> with(new byte[data.length * 40], 0x9000);
      default -> with(data, 0x9000);
    };
  }

  private static byte[] with(byte[] data, int status) {
    return ByteBuffer.allocate(data.length + 2).put(data).putShort((short) status).array();
  }
}
