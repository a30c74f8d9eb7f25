package dev.keysmith.pcsc;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.util.Arrays;

/**
 * What a card answers to a command.
 *
 * @param data without the status word
 * @param status the status word, SW1 and SW2 (ISO 7816-4, section 5.6)
 */
record Answer(byte[] data, int status) {

  static final int SUCCESS = 0x9000;

  /** NFCCTAP: the key still works; the data is a status byte (CTAP 2.1, section 11.3.7). */
  static final int KEEP_ALIVE = 0x9100;

  static final int WRONG_PARAMETERS = 0x6A86;
  static final int CHAINING_NOT_SUPPORTED = 0x6884;
  static final int LAST_OF_CHAIN_EXPECTED = 0x6883;

  private static final int STATUS_LENGTH = 2;
  private static final int MORE = 0x61;

  static Answer of(byte[] received) {
    int end = received.length - STATUS_LENGTH;
    if (end < 0) {
      throw malformed("an answer without a status word");
    }
    int status = (received[end] & 0xFF) << 8 | received[end + 1] & 0xFF;
    return new Answer(Arrays.copyOf(received, end), status);
  }

  boolean isSuccess() {
    return status == SUCCESS;
  }

  boolean hasMore() {
    return status >> 8 == MORE;
  }

  /** For what no security key says. */
  static PluginException malformed(String what) {
    return new PluginException(
        Reason.UNAVAILABLE,
        "The security key sent "
            + what
            + ". Take it off the reader, hold it there again and try again.");
  }

  PluginException refused() {
    return malformed("status word %04X".formatted(status));
  }
}
