package dev.keysmith.testing.key.nfc;

import dev.keysmith.spi.PluginException;
import dev.keysmith.testing.key.VirtualKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The virtual key as a card with one applet (CTAP 2.1, section 11.3): command APDU in, answer out.
 *
 * <p>One thread at a time uses it, as a reader does.
 */
public final class VirtualCard {

  private static final byte[] AID = HexFormat.of().parseHex("A0000006472F0001");
  private static final byte[] HISTORICAL = "Keysmith".getBytes(StandardCharsets.US_ASCII);

  private static final int SELECT = 0xA4;
  private static final int READ_ON = 0xC0;
  private static final int MESSAGE = 0x10;
  private static final int GET_RESPONSE = 0x11;
  private static final int CONTROL = 0x12;
  private static final int KEEP_ALIVES_WANTED = 0x80;
  private static final int CANCEL = 0x11;
  private static final int LONGEST_MESSAGE = 7609;

  private final VirtualKey key;
  private final CardTraits traits;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private final OutgoingAnswer answer = new OutgoingAnswer();
  private final RequestUnderWay request;
  private boolean selected;

  /**
   * @param key that it carries
   * @param traits how it speaks
   */
  public VirtualCard(VirtualKey key, CardTraits traits) {
    this.key = key;
    this.traits = traits;
    this.request = new RequestUnderWay(key);
  }

  /** The key that it carries. */
  public VirtualKey key() {
    return key;
  }

  /**
   * What it says when it gets power: as a reader puts it for a contactless card (PC/SC, part 3).
   */
  public byte[] answerToReset() {
    byte[] start = {0x3B, (byte) (0x80 | HISTORICAL.length), (byte) 0x80, 0x01};
    byte[] whole = Arrays.copyOf(start, start.length + HISTORICAL.length + 1);
    System.arraycopy(HISTORICAL, 0, whole, start.length, HISTORICAL.length);
    for (int i = 1; i < whole.length - 1; i++) {
      whole[whole.length - 1] ^= whole[i];
    }
    return whole;
  }

  /** Forgets the applet that was selected, and what the key was doing. */
  public void reset() {
    selected = false;
    parts.reset();
    answer.clear();
    request.drop();
  }

  /**
   * Answers a command.
   *
   * @throws PluginException {@code KEY_ABSENT} if the key has no power any more
   */
  public byte[] transmit(byte[] apdu) {
    CommandApdu command;
    try {
      command = CommandApdu.of(apdu);
    } catch (IllegalArgumentException e) {
      return status(0x6700);
    }
    if (command.extended() && !traits.extended()) {
      return status(0x6700);
    }
    if (command.instruction() == SELECT && command.type() == 0) {
      return select(command);
    }
    return selected ? applet(command) : status(0x6D00);
  }

  private byte[] select(CommandApdu command) {
    reset();
    selected = Arrays.equals(command.data(), AID);
    return selected
        ? answer.send(command, traits.version().getBytes(StandardCharsets.US_ASCII))
        : status(0x6A82);
  }

  private byte[] applet(CommandApdu command) {
    if ((command.type() & 0xE0) != 0x80 && command.instruction() != READ_ON) {
      return status(0x6E00);
    }
    return switch (command.instruction()) {
      case MESSAGE -> message(command);
      case READ_ON -> answer.more(command);
      case GET_RESPONSE -> goOn(command);
      case CONTROL -> status(command.first() == 1 ? 0x9000 : 0x6A86);
      default -> status(0x6D00);
    };
  }

  private byte[] message(CommandApdu command) {
    if (command.isChained() && !traits.chaining()) {
      return status(0x6884);
    }
    parts.writeBytes(command.data());
    if (parts.size() > LONGEST_MESSAGE) {
      parts.reset();
      return status(0x6700);
    }
    if (command.isChained()) {
      return status(0x9000);
    }
    byte[] message = parts.toByteArray();
    parts.reset();
    request.drop();
    boolean patient = traits.keepAlives() && command.first() == KEEP_ALIVES_WANTED;
    return deliver(command, request.begin(message, patient));
  }

  private byte[] goOn(CommandApdu command) {
    if (!request.isUnderWay()) {
      return status(0x6985);
    }
    if (command.first() == CANCEL) {
      key.cancel();
    }
    return deliver(command, request.next());
  }

  private byte[] deliver(CommandApdu command, RequestUnderWay.Step step) {
    if (step.finished()) {
      return answer.send(command, step.data());
    }
    byte[] patience = Arrays.copyOf(step.data(), step.data().length + 2);
    patience[step.data().length] = (byte) 0x91;
    return patience;
  }

  static byte[] status(int word) {
    return new byte[] {(byte) (word >> 8), (byte) word};
  }
}
