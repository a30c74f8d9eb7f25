package dev.keysmith.pcsc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Commands of any length, made of short APDUs (CTAP 2.1, section 11.3.7; ISO 7816-4, section 5.3).
 *
 * <p>Long data goes out by command chaining, which each reader can carry. A card that refuses that
 * gets extended-length APDUs. Long answers come by GET RESPONSE.
 */
final class Apdus {

  /** What a CTAP message may have at most (CTAP 2.1, section 11.2.4). */
  static final int LONGEST = 7609;

  private static final int CLASS = 0x80;
  private static final int CHAINED = 0x10;
  private static final int GET_RESPONSE = 0xC0;
  private static final int LONGEST_SHORT = 255;

  private final ApduWire wire;
  private boolean extended;

  Apdus(ApduWire wire) {
    this.wire = wire;
  }

  /** Sends a command of the FIDO applet; the answer is whole, whatever its status word. */
  Answer send(int instruction, int parameter, byte[] data) {
    if (data.length <= LONGEST_SHORT) {
      return complete(transmit(shortApdu(CLASS, instruction, parameter, data)));
    }
    if (!extended) {
      Answer answer = chain(instruction, parameter, data);
      if (!refusesChaining(answer)) {
        return complete(answer);
      }
      extended = true;
    }
    return complete(transmit(extendedApdu(instruction, parameter, data)));
  }

  /** Sends one short APDU without any class of its own, as SELECT is. */
  Answer sendPlain(byte[] apdu) {
    return complete(transmit(apdu));
  }

  private Answer chain(int instruction, int parameter, byte[] data) {
    int from = 0;
    while (data.length - from > LONGEST_SHORT) {
      byte[] part = part(data, from, LONGEST_SHORT);
      Answer answer = transmit(chainedApdu(instruction, parameter, part));
      if (!answer.isSuccess()) {
        return answer;
      }
      from += LONGEST_SHORT;
    }
    return transmit(shortApdu(CLASS, instruction, parameter, part(data, from, data.length - from)));
  }

  /** A card that knows no chaining has taken nothing of the command. */
  private static boolean refusesChaining(Answer answer) {
    return answer.status() == Answer.CHAINING_NOT_SUPPORTED
        || answer.status() == Answer.LAST_OF_CHAIN_EXPECTED;
  }

  private Answer complete(Answer first) {
    if (first.data().length > LONGEST) {
      throw tooLong();
    }
    if (!first.hasMore()) {
      return first;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(first.data());
    Answer answer = first;
    while (answer.hasMore()) {
      answer = transmit(getResponse(answer.status()));
      if (answer.hasMore() && answer.data().length == 0) {
        throw Answer.malformed("nothing, and said that more would follow");
      }
      whole.writeBytes(answer.data());
      if (whole.size() > LONGEST) {
        throw tooLong();
      }
    }
    return new Answer(whole.toByteArray(), answer.status());
  }

  private static RuntimeException tooLong() {
    return Answer.malformed("more than the 7609 bytes that an answer may have");
  }

  private Answer transmit(byte[] apdu) {
    return Answer.of(wire.transmit(apdu));
  }

  private static byte[] part(byte[] data, int from, int length) {
    byte[] part = new byte[length];
    System.arraycopy(data, from, part, 0, length);
    return part;
  }

  private static byte[] getResponse(int status) {
    return new byte[] {(byte) CLASS, (byte) GET_RESPONSE, 0, 0, (byte) status};
  }

  private static byte[] shortApdu(int type, int instruction, int parameter, byte[] data) {
    int field = data.length == 0 ? 0 : 1;
    ByteBuffer apdu = header(5 + field + data.length, type, instruction, parameter);
    if (field > 0) {
      apdu.put((byte) data.length).put(data);
    }
    return apdu.put((byte) 0).array();
  }

  private static byte[] chainedApdu(int instruction, int parameter, byte[] data) {
    return header(5 + data.length, CLASS | CHAINED, instruction, parameter)
        .put((byte) data.length)
        .put(data)
        .array();
  }

  private static byte[] extendedApdu(int instruction, int parameter, byte[] data) {
    return header(9 + data.length, CLASS, instruction, parameter)
        .put((byte) 0)
        .putShort((short) data.length)
        .put(data)
        .putShort((short) 0)
        .array();
  }

  private static ByteBuffer header(int length, int type, int instruction, int parameter) {
    return ByteBuffer.allocate(length)
        .put((byte) type)
        .put((byte) instruction)
        .put((byte) parameter)
        .put((byte) 0);
  }
}
