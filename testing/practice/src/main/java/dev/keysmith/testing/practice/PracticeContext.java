package dev.keysmith.testing.practice;

import dev.keysmith.spi.PluginContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a plugin gets outside a server. */
record PracticeContext(Map<String, String> settings, Clock clock, RandomGenerator random)
    implements PluginContext {

  PracticeContext(Map<String, String> settings) {
    this(Map.copyOf(settings), Clock.systemUTC(), new SecureRandom());
  }

  @Override
  public Optional<String> text(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  @Override
  public Optional<char[]> secret(String name) {
    return Optional.empty();
  }
}
