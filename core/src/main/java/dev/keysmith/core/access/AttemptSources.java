package dev.keysmith.core.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Where attempts come from, as they are counted. */
public final class AttemptSources {

  private static final int LONGEST_ADDRESS = 45;
  private static final int NETWORK_BYTES = 8;

  private AttemptSources() {}

  /**
   * The address; of IPv6 its first 64 bits, because one customer has all addresses that begin with
   * them (RFC 6177).
   */
  public static String of(String address) {
    String bare = address.split("%", 2)[0];
    return isIpv6(bare) ? network(bare) : bare;
  }

  private static boolean isIpv6(String text) {
    return text.indexOf(':') >= 0
        && text.length() <= LONGEST_ADDRESS
        && text.chars()
            .allMatch(each -> Character.digit(each, 16) >= 0 || each == ':' || each == '.');
  }

  /** A text with a colon is never looked up as a name. */
  private static String network(String text) {
    try {
      InetAddress address = InetAddress.getByName(text);
      return address instanceof Inet4Address
          ? address.getHostAddress()
          : HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)) + "/64";
    } catch (UnknownHostException e) {
      return text;
    }
  }
}
