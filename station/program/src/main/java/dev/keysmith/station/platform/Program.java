package dev.keysmith.station.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this program says of itself. */
public final class Program {

  private Program() {}

  /** Its version, for instance {@code 0.1.0}. */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream file = Program.class.getResourceAsStream("program.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** The operating system, for instance {@code Linux 6.1 amd64}. */
  public static String system() {
    return "%s %s %s"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"));
  }
}
