package dev.keysmith.station.home;

import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * To which server this station belongs.
 *
 * @param station its number there
 * @param name as people call it
 * @param key that proves which station this is
 */
public record Pairing(ServerAddress server, long station, String name, PrivateKey key) {

  /**
   * The pairing that was kept.
   *
   * @throws NotPairedException if there is none
   */
  public static Pairing load(Home home) {
    Settings settings = Settings.load(home);
    if (settings.text("server").isEmpty() || settings.text("station").isEmpty()) {
      throw new NotPairedException(home);
    }
    return new Pairing(
        ServerAddress.parse(settings.text("server").get()),
        number(home, settings.text("station").get()),
        settings.text("name").orElse("station"),
        StationKey.load(home));
  }

  private static long number(Home home, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ConfigurationException(
          "The setting \"station\" in %s is no number. Pair the station again."
              .formatted(home.settings()));
    }
  }

  /** Keeps this pairing in place of the last one. */
  public void save(Home home) {
    StationKey.save(home, key);
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("server", server.toString());
    changes.put("station", Long.toString(station));
    changes.put("name", name);
    Settings.change(home, changes);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "station %d (%s) of %s".formatted(station, name, server);
  }
}
