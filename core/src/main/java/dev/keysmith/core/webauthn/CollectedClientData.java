package dev.keysmith.core.webauthn;

import dev.keysmith.spi.Bytes;
import java.nio.charset.StandardCharsets;

/** The collected client data of a registration, as a browser would write it. */
public final class CollectedClientData {

  private static final int FIRST_PRINTABLE = 0x20;

  private final Bytes json;

  private CollectedClientData(Bytes json) {
    this.json = json;
  }

  /**
   * Serialises in the order and with the escapes of WebAuthn Level 3, section 5.8.1.1.
   *
   * @param challenge base64url as the identity provider sent it
   */
  public static CollectedClientData forRegistration(String challenge, String origin) {
    String text =
        "{\"type\":\"webauthn.create\",\"challenge\":"
            + quoted(challenge)
            + ",\"origin\":"
            + quoted(origin)
            + ",\"crossOrigin\":false}";
    return new CollectedClientData(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  public Bytes json() {
    return json;
  }

  /** SHA-256 of the serialisation: what the key signs. */
  public Bytes hash() {
    return json.sha256();
  }

  /** CCDToString. */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                out.append('\\').appendCodePoint(point);
              } else if (point < FIRST_PRINTABLE) {
                out.append(String.format("\\u%04x", point));
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.append('"').toString();
  }
}
