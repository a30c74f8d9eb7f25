package dev.keysmith.station.home;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The file {@code station.properties}: written by the pairing, and by people. */
public final class Settings {

  private final Properties properties;

  private Settings(Properties properties) {
    this.properties = properties;
  }

  /** What the file says; nothing if there is none. */
  public static Settings load(Home home) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(home.settings())));
    } catch (NoSuchFileException e) {
      return new Settings(properties);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "The file %s cannot be read (%s).".formatted(home.settings(), e.getMessage()), e);
    }
    return new Settings(properties);
  }

  /** A setting; empty if it is absent or blank. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(properties.getProperty(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** A file that a setting names; relative to the home directory. */
  public Optional<Path> file(Home home, String name) {
    return text(name).map(home.directory()::resolve);
  }

  /** The key transports that may be used; empty if all may. */
  public List<String> transports() {
    return text("transports")
        .map(names -> Arrays.stream(names.split(",")).map(String::strip).toList())
        .orElse(List.of());
  }

  /**
   * Changes settings, and leaves the file's other lines as they are.
   *
   * @param changes values by name
   */
  public static void change(Home home, Map<String, String> changes) {
    List<String> lines = new ArrayList<>();
    Map<String, String> left = new LinkedHashMap<>(changes);
    try {
      for (String line : Files.readAllLines(home.settings())) {
        String name = line.split("[=:]", 2)[0].strip();
        if (!changes.containsKey(name)) {
          lines.add(line);
        } else if (left.containsKey(name)) {
          lines.add(line(name, left.remove(name)));
        }
      }
    } catch (NoSuchFileException e) {
      lines.add("# The station program's settings; its README explains them.");
    } catch (IOException e) {
      throw new ConfigurationException(
          "The file %s cannot be read (%s).".formatted(home.settings(), e.getMessage()), e);
    }
    left.forEach((name, value) -> lines.add(line(name, value)));
    home.write(home.settings(), String.join("\n", lines) + "\n");
  }

  private static String line(String name, String value) {
    return name + "=" + value.replace("\\", "\\\\").replaceAll("[\\r\\n]+", " ");
  }
}
