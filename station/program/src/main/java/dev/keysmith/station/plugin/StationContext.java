package dev.keysmith.station.plugin;

import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.Setting;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.platform.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Lends a plugin its settings {@code plugin.<name>.<setting>}, the clock and random numbers. */
final class StationContext implements PluginContext {

  private final Home home;
  private final Settings settings;
  private final String prefix;
  private final Sources sources;
  private final Map<String, String> defaults = new HashMap<>();

  StationContext(Home home, Settings settings, String plugin, Sources sources) {
    this.home = home;
    this.settings = settings;
    this.prefix = "plugin." + plugin + ".";
    this.sources = sources;
  }

  /** Uses the defaults that a plugin declares. */
  StationContext withDefaults(List<Setting> declared) {
    for (Setting setting : declared) {
      setting.defaultValue().ifPresent(value -> defaults.put(setting.name(), value));
    }
    return this;
  }

  @Override
  public Optional<String> text(String name) {
    return settings.text(prefix + name).or(() -> Optional.ofNullable(defaults.get(name)));
  }

  /** From the file that {@code plugin.<name>.<setting>.file} names, else from the settings. */
  @Override
  public Optional<char[]> secret(String name) {
    Optional<Path> file = settings.file(home, prefix + name + ".file");
    if (file.isEmpty()) {
      return settings.text(prefix + name).map(String::toCharArray);
    }
    try {
      return Optional.of(Files.readString(file.get()).strip().toCharArray());
    } catch (IOException e) {
      throw new PluginException(
          Reason.MISCONFIGURED,
          "The file of the setting \"%s%s.file\" cannot be read.".formatted(prefix, name));
    }
  }

  @Override
  public Clock clock() {
    return sources.clock();
  }

  @Override
  public RandomGenerator random() {
    return sources.random();
  }
}
