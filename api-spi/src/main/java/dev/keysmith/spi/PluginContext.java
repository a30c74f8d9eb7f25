package dev.keysmith.spi;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the server lends to a plugin instance: its settings, the clock, random numbers. Thread-safe.
 *
 * <p><b>SPI-4.</b> A plugin takes time and random numbers from here only, and reads no other
 * configuration (environment, system properties, files in the home directory).
 */
public interface PluginContext {

  /**
   * Reads a setting that is not a secret.
   *
   * @param name from {@link Setting#name()}
   * @return its value, or its default; empty if there is neither
   */
  Optional<String> text(String name);

  /**
   * Reads a setting of kind {@link Setting.Kind#SECRET}.
   *
   * @param name from {@link Setting#name()}
   * @return a copy, which the caller overwrites with zeros after use; empty if not configured
   */
  Optional<char[]> secret(String name);

  /** {@return the clock, which tests can move} */
  Clock clock();

  /** {@return a source of cryptographically strong random numbers} */
  RandomGenerator random();

  /**
   * As {@link #text}, for a setting that must be there.
   *
   * @param name from {@link Setting#name()}
   * @return its value, or its default
   * @throws PluginException {@code MISCONFIGURED} if it is absent or blank
   */
  default String requiredText(String name) {
    return text(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(
            () ->
                new PluginException(
                    PluginException.Reason.MISCONFIGURED,
                    "The setting \"" + name + "\" is missing. Enter it and try again."));
  }

  /**
   * Reads a setting of kind {@link Setting.Kind#URL}.
   *
   * @param name from {@link Setting#name()}
   * @return an absolute address with a host
   * @throws PluginException {@code MISCONFIGURED} if it is absent or not an absolute address
   */
  default URI url(String name) {
    String value = requiredText(name);
    try {
      URI uri = new URI(value.strip());
      if (uri.isAbsolute() && uri.getHost() != null) {
        return uri;
      }
    } catch (java.net.URISyntaxException e) {
      // Reported below in the words of the form.
    }
    throw new PluginException(
        PluginException.Reason.MISCONFIGURED,
        "The setting \"" + name + "\" must be an address such as https://example.okta.com.");
  }

  /**
   * Reads a setting of kind {@link Setting.Kind#DURATION}.
   *
   * @param name from {@link Setting#name()}
   * @return its value, or its default; empty if there is neither
   * @throws PluginException {@code MISCONFIGURED} if it is not an ISO-8601 duration
   */
  default Optional<Duration> duration(String name) {
    try {
      return text(name).map(Duration::parse);
    } catch (java.time.format.DateTimeParseException e) {
      throw new PluginException(
          PluginException.Reason.MISCONFIGURED,
          "The setting \"" + name + "\" must be a duration such as PT30S (30 seconds).");
    }
  }
}
