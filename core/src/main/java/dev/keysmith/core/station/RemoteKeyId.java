package dev.keysmith.core.station;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.util.OptionalLong;

/**
 * The ids of keys at stations: number of the station, transport there, id there. They are the same
 * on every server that shares the database.
 */
final class RemoteKeyId {

  private static final int LONGEST = 128;

  private RemoteKeyId() {}

  static String of(long station, String transport, String key) {
    String id = station + ":" + transport + ":" + key;
    return id.length() <= LONGEST
        ? id
        : station + ":#" + Bytes.of(id.getBytes(UTF_8)).sha256().toBase64Url();
  }

  /** The station of a key; empty if the id is none of ours. */
  static OptionalLong station(String id) {
    int end = id.indexOf(':');
    if (end < 1 || end > 18 || !id.chars().limit(end).allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(id.substring(0, end)));
  }

  static PluginException absent() {
    return new PluginException(
        Reason.KEY_ABSENT, "The security key is no longer at its station. Plug it in again.");
  }
}
