package dev.keysmith.spi;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An immutable sequence of bytes with value equality: ids, user handles, attestation objects.
 *
 * <p>Not for secrets: a value of this type cannot be erased. {@link #toString()} shows the content,
 * so types that hold sensitive bytes must not print them.
 */
public final class Bytes {

  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** The sequence of length zero. */
  public static Bytes empty() {
    return EMPTY;
  }

  /** Copies {@code value}; later changes to the array are not seen. */
  public static Bytes of(byte... value) {
    return value.length == 0 ? EMPTY : new Bytes(value.clone());
  }

  /**
   * Decodes base64url without padding (RFC 4648, section 5); padding is accepted.
   *
   * @throws IllegalArgumentException if {@code text} is not base64url
   */
  public static Bytes fromBase64Url(String text) {
    return new Bytes(Base64.getUrlDecoder().decode(text));
  }

  /**
   * Decodes hexadecimal digits of either case.
   *
   * @throws IllegalArgumentException if {@code text} is not an even number of hexadecimal digits
   */
  public static Bytes fromHex(String text) {
    return new Bytes(HexFormat.of().parseHex(text));
  }

  /** The number of bytes. */
  public int length() {
    return value.length;
  }

  /** Whether there is no byte. */
  public boolean isEmpty() {
    return value.length == 0;
  }

  /** A new array with the content. */
  public byte[] toArray() {
    return value.clone();
  }

  /** The content in base64url without padding (RFC 4648, section 5). */
  public String toBase64Url() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }

  /** The content in standard base64 with padding (RFC 4648, section 4). */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(value);
  }

  /** The content in lower-case hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().formatHex(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** The content in base64url. */
  @Override
  public String toString() {
    return toBase64Url();
  }
}
