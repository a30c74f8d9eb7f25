package dev.keysmith.okta.factor;

import dev.keysmith.spi.Bytes;
import java.util.Optional;

/** Decodes base64 in either alphabet, padded or not: Okta uses all of them. */
final class Base64Text {

  private Base64Text() {}

  /** Empty if the text is not base64. */
  static Optional<Bytes> decode(String text) {
    try {
      return Optional.of(Bytes.fromBase64Url(text.replace('+', '-').replace('/', '_')));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
