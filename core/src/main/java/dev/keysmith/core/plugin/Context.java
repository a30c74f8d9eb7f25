package dev.keysmith.core.plugin;

import dev.keysmith.spi.PluginContext;
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

  @Override
  public Optional<char[]> secret(String name) {
    return Optional.ofNullable(secrets.get(name)).map(Supplier::get);
  }
}
