package dev.keysmith.core.ctap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keysmith.core.ctap.pin.PinUvAuthProtocol;
import dev.keysmith.core.ctap.wire.CtapCommand;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.text.Normalizer;
import java.util.Arrays;

/** A PIN in the form in which it is processed: UTF-8 of NFC (CTAP 2.1, section 6.5.1). */
final class Pin implements AutoCloseable {

  private static final int PADDED_LENGTH = 64;
  private static final int HASH_LENGTH = 16;

  /** All characters below are unchanged by NFC, so that no normalised copy is needed. */
  private static final char FIRST_COMBINING = '\u0300';

  private final byte[] utf8;
  private final int codePoints;

  private Pin(byte[] utf8, int codePoints) {
    this.utf8 = utf8;
    this.codePoints = codePoints;
  }

  /**
   * Encodes a PIN; {@code pin} stays the caller's.
   *
   * @throws CtapException {@link CtapStatus#PIN_POLICY_VIOLATION} if it is not text
   */
  static Pin of(char[] pin) {
    char[] normalized = normalize(pin);
    ByteBuffer buffer = ByteBuffer.allocate(3 * normalized.length);
    try {
      if (UTF_8.newEncoder().encode(CharBuffer.wrap(normalized), buffer, true).isError()) {
        throw refused("it holds half a character");
      }
      byte[] utf8 = Arrays.copyOf(buffer.array(), buffer.position());
      return new Pin(utf8, Character.codePointCount(normalized, 0, normalized.length));
    } finally {
      Arrays.fill(buffer.array(), (byte) 0);
      Arrays.fill(normalized, '\0');
    }
  }

  /**
   * Checks that the PIN may be set.
   *
   * @throws CtapException {@link CtapStatus#PIN_POLICY_VIOLATION} if not
   */
  void requireSettable(AuthenticatorInfo info) {
    if (codePoints < info.minPinLength()) {
      throw refused("the key asks for at least " + info.minPinLength() + " characters");
    }
    if (codePoints > info.maxPinLength()) {
      throw refused("the key takes at most " + info.maxPinLength() + " characters");
    }
    if (utf8.length > PinLength.MOST_BYTES) {
      throw refused(
          "it has " + utf8.length + " bytes in UTF-8, keys take at most " + PinLength.MOST_BYTES);
    }
    if (utf8[utf8.length - 1] == 0) {
      throw refused("it ends in a null character");
    }
  }

  PinLength length() {
    return new PinLength(codePoints, utf8.length);
  }

  /** Padded with zeros to the length of a block; the caller zeroes it. */
  byte[] padded() {
    return Arrays.copyOf(utf8, PADDED_LENGTH);
  }

  /** The left half of its hash; the caller zeroes it. */
  byte[] hash() {
    return PinUvAuthProtocol.cut(Bytes.sha256(utf8), HASH_LENGTH);
  }

  @Override
  public void close() {
    Arrays.fill(utf8, (byte) 0);
  }

  private static char[] normalize(char[] pin) {
    for (char c : pin) {
      if (c >= FIRST_COMBINING) {
        return Normalizer.normalize(CharBuffer.wrap(pin), Normalizer.Form.NFC).toCharArray();
      }
    }
    return pin.clone();
  }

  private static CtapException refused(String why) {
    return CtapException.refused(CtapCommand.CLIENT_PIN, CtapStatus.PIN_POLICY_VIOLATION, why);
  }
}
