package dev.keysmith.core.plugin.guard;

import java.time.Duration;

/**
 * How long the server waits for a plugin: somewhat longer than the SPI allows.
 *
 * @param load for the constructor, and for what a factory says of itself
 * @param create for an instance (SPI-3)
 * @param ask for a call of an identity provider, which ends within a minute
 * @param list for the list of keys (KEY-1), and to begin a watch (KEY-6)
 * @param open for opening a key (KEY-2)
 * @param end for cancelling (KEY-4) and closing, and after the timeout of an exchange (KEY-3)
 */
public record TimeLimits(
    Duration load, Duration create, Duration ask, Duration list, Duration open, Duration end) {

  public static final TimeLimits STANDARD =
      new TimeLimits(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(75),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5));
}
