package dev.keysmith.testing.bench;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads host and port; no other host than this one, as the bench's keys obey everybody. */
final class LoopbackAddress {

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::(\\d{1,5}))");

  private LoopbackAddress() {}

  /**
   * @throws PluginException {@code MISCONFIGURED} if it is anything else
   */
  static InetSocketAddress parse(String text) {
    Matcher matcher = HOST_AND_PORT.matcher(text.strip());
    try {
      if (matcher.matches() && Integer.parseInt(matcher.group(2)) <= 0xFFFF) {
        InetAddress host =
            matcher.group(1).equals("localhost")
                ? InetAddress.getLoopbackAddress()
                : InetAddress.getByName(matcher.group(1));
        return new InetSocketAddress(host, Integer.parseInt(matcher.group(2)));
      }
    } catch (UnknownHostException e) {
      // Digits that are no address; said below.
    }
    throw new PluginException(
        Reason.MISCONFIGURED,
        "The bench's address must be a loopback address and a port, such as 127.0.0.1:7870.");
  }
}
