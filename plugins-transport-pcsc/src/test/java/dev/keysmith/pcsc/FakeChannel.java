package dev.keysmith.pcsc;

import java.nio.ByteBuffer;
import javax.smartcardio.Card;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardException;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.ResponseAPDU;

/**
 * The way to a card as the provider makes it: it follows 61xx by itself, eight times, and then
 * leaves out the status word.
 */
final class FakeChannel extends CardChannel {

  private static final int MOST_ROUNDS = 8;

  private final Card card;
  private final Transmitter transmitter;

  /** Carries a command. */
  @FunctionalInterface
  interface Transmitter {
    byte[] transmit(byte[] command) throws CardException;
  }

  FakeChannel(Card card, Transmitter transmitter) {
    this.card = card;
    this.transmitter = transmitter;
  }

  @Override
  public Card getCard() {
    return card;
  }

  @Override
  public int getChannelNumber() {
    return 0;
  }

  @Override
  public ResponseAPDU transmit(CommandAPDU command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int transmit(ByteBuffer command, ByteBuffer response) throws CardException {
    byte[] sent = new byte[command.remaining()];
    command.get(sent);
    for (int i = 0; i < MOST_ROUNDS; i++) {
      byte[] answer = transmitter.transmit(sent);
      response.put(answer);
      if (answer.length < 2 || answer[answer.length - 2] != 0x61) {
        break;
      }
      sent = new byte[] {sent[0], (byte) 0xC0, 0, 0, answer[answer.length - 1]};
      response.position(response.position() - 2);
    }
    return response.position();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
