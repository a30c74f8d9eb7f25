package dev.keysmith.core.ctap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** Writes CBOR as hexadecimal digits, with no more code than a reader can check at a glance. */
public final class Cbor {

  static final String TRUE = "f5";
  static final String FALSE = "f4";

  private Cbor() {}

  /** Keys and values in turn, in the order given. */
  public static String map(String... keysAndValues) {
    return head(5, keysAndValues.length / 2) + String.join("", keysAndValues);
  }

  static String array(String... items) {
    return head(4, items.length) + String.join("", items);
  }

  static String text(String value) {
    return head(3, value.getBytes(UTF_8).length) + HexFormat.of().formatHex(value.getBytes(UTF_8));
  }

  public static String bytes(String hex) {
    return head(2, hex.length() / 2) + hex;
  }

  public static String number(long value) {
    return value < 0 ? head(1, -1 - value) : head(0, value);
  }

  private static String head(int majorType, long argument) {
    int type = majorType << 5;
    if (argument < 24) {
      return String.format("%02x", type | argument);
    }
    if (argument < 0x100) {
      return String.format("%02x%02x", type | 24, argument);
    }
    return argument < 0x10000
        ? String.format("%02x%04x", type | 25, argument)
        : String.format("%02x%08x", type | 26, argument);
  }
}
