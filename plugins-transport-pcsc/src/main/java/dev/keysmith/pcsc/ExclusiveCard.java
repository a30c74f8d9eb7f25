package dev.keysmith.pcsc;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminals;

/** A card that this program alone is connected to. Used by one thread at a time. */
final class ExclusiveCard implements ApduWire {

  /** More than an answer may have, so that what is too long is seen and not cut. */
  private static final int BUFFER = 16 * 1024;

  private static final int STATUS_LENGTH = 2;
  private static final int MORE = 0x61;

  private final Card card;
  private final CardTerminals context;

  /**
   * @param card that is connected
   * @param context in which it is; belongs to this object from now on
   */
  ExclusiveCard(Card card, CardTerminals context) {
    this.card = card;
    this.context = context;
  }

  /** What the card says of itself in its answer to reset. */
  byte[] historicalBytes() {
    return card.getATR().getHistoricalBytes();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The provider follows 61xx by itself, eight times. Then it leaves out the status word, which
   * still stands behind the data in the buffer.
   */
  @Override
  public byte[] transmit(byte[] command) {
    ByteBuffer answer = ByteBuffer.allocate(BUFFER);
    try {
      card.getBasicChannel().transmit(ByteBuffer.wrap(command), answer);
    } catch (CardException e) {
      throw PcscError.exception("send a command to the security key", e);
    } catch (IllegalStateException e) {
      throw PcscError.absent();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new PluginException(
          Reason.UNAVAILABLE,
          "The security key sent an answer that is no APDU. Take it off the reader, hold it there"
              + " again and try again.",
          e);
    }
    int end = answer.position();
    boolean unfinished = end + STATUS_LENGTH <= BUFFER && answer.get(end) == MORE;
    return Arrays.copyOf(answer.array(), unfinished ? end + STATUS_LENGTH : end);
  }

  /**
   * Gives the card back to other programs.
   *
   * @param reset makes the card drop what it does
   */
  void disconnect(boolean reset) {
    try {
      card.disconnect(reset);
    } catch (CardException e) {
      // It has left the reader.
    } finally {
      JnaTerminals.release(context);
    }
  }
}
