package dev.keysmith.core.plugin;

import dev.keysmith.core.secret.SecretException;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Lends a plugin its settings, the clock and random numbers. */
record Context(
    Map<String, String> texts,
    Map<String, Supplier<char[]>> secrets,
    Clock clock,
    RandomGenerator random)
    implements PluginContext {

  @Override
  public Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name)).filter(value -> !value.isBlank());
  }

  /** That a secret cannot be opened is no fault of the plugin, which passes this on. */
  @Override
  public Optional<char[]> secret(String name) {
    try {
      return Optional.ofNullable(secrets.get(name)).map(Supplier::get);
    } catch (SecretException e) {
      throw new PluginException(Reason.MISCONFIGURED, String.valueOf(e.getMessage()), e);
    }
  }
}
