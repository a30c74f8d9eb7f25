package dev.keysmith.okta;

import dev.keysmith.spi.PluginContext;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Settings of an integration, as the server would hand them in. */
final class Settings implements PluginContext {

  private final Clock clock;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, String> secrets = new HashMap<>();

  Settings(Clock clock) {
    this.clock = clock;
  }

  Settings text(String name, String value) {
    texts.put(name, value);
    return this;
  }

  Settings secret(String name, String value) {
    secrets.put(name, value);
    return this;
  }

  @Override
  public Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  @Override
  public Optional<char[]> secret(String name) {
    return Optional.ofNullable(secrets.get(name)).map(String::toCharArray);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public RandomGenerator random() {
    return RandomGenerator.getDefault();
  }
}
