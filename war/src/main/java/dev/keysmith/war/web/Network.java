package dev.keysmith.war.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses that begin with the same bits (CIDR, RFC 4632, section 3.1).
 *
 * @param address any of them
 * @param bits how many bits of it are the same in all of them
 */
record Network(InetAddress address, int bits) {

  private static final Pattern V4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  /** Possessive, so that no text makes it try again and again. */
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f.]*+:[0-9A-Fa-f:.]*+");

  /** The longest address: six groups, then four numbers. */
  private static final int LONGEST = 45;

  /**
   * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or one address.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    InetAddress address =
        literal(host).orElseThrow(() -> new IllegalArgumentException(text + " is no address"));
    int all = address.getAddress().length * Byte.SIZE;
    int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > all) {
      throw new IllegalArgumentException(text + " has more bits than the address");
    }
    return new Network(address, bits);
  }

  /** An address as it is written, never a name that would be looked up. */
  static Optional<InetAddress> literal(String text) {
    if (text.length() > LONGEST || !isWritten(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  static boolean isWritten(CharSequence text) {
    return V4.matcher(text).matches() || V6.matcher(text).matches();
  }

  boolean contains(InetAddress other) {
    byte[] ours = address.getAddress();
    byte[] theirs = other.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
