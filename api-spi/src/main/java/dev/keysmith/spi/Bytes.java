package dev.keysmith.spi;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  /** {@return the sequence of length zero} */
  public static Bytes empty() {
    return EMPTY;
  }

  /**
   * Copies an array; later changes to it are not seen.
   *
   * @param value of any length
   * @return its content
   */
  public static Bytes of(byte... value) {
    return value.length == 0 ? EMPTY : new Bytes(value.clone());
  }

  /**
   * Decodes base64url without padding (RFC 4648, section 5); padding is accepted.
   *
   * @param text of any length
   * @return what it stands for
   * @throws IllegalArgumentException if {@code text} is not base64url
   */
  public static Bytes fromBase64Url(String text) {
    return new Bytes(Base64.getUrlDecoder().decode(text));
  }

  /**
   * Decodes hexadecimal digits of either case.
   *
   * @param text of any length
   * @return what it stands for
   * @throws IllegalArgumentException if {@code text} is not an even number of hexadecimal digits
   */
  public static Bytes fromHex(String text) {
    return new Bytes(HexFormat.of().parseHex(text));
  }

  /**
   * The SHA-256 hash (FIPS 180-4) of an array that its owner erases, which a value of this type
   * could not be.
   *
   * @param content of any length; it is neither changed nor kept
   * @return 32 bytes, which the caller may erase as well
   */
  public static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** {@return the SHA-256 hash (FIPS 180-4) of the content, 32 bytes} */
  public Bytes sha256() {
    return new Bytes(sha256(value));
  }

  /** {@return the number of bytes} */
  public int length() {
    return value.length;
  }

  /** {@return whether there is no byte} */
  public boolean isEmpty() {
    return value.length == 0;
  }

  /** {@return a new array with the content} */
  public byte[] toArray() {
    return value.clone();
  }

  /** {@return the content in base64url without padding (RFC 4648, section 5)} */
  public String toBase64Url() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }

  /** {@return the content in standard base64 with padding (RFC 4648, section 4)} */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(value);
  }

  /** {@return the content in lower-case hexadecimal digits} */
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

  /** {@return the content in base64url} */
  @Override
  public String toString() {
    return toBase64Url();
  }
}
