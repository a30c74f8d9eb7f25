package dev.keysmith.core.plugin.guard;

import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginFactory;
import dev.keysmith.spi.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * A factory of a plugin behind {@link ForeignCalls}. What it says of itself is asked once, so that
 * a list of plugins needs none of them; what it makes is behind the same calls.
 *
 * @param <T> the port
 */
public abstract class GuardedFactory<T> implements PluginFactory<T> {

  private static final int LONGEST_LABEL = 64;
  private static final int MOST_SETTINGS = 100;

  private final Description description;
  private final PluginFactory<T> factory;
  private final ForeignCalls calls;

  /** What a factory says of itself. */
  public record Description(String name, String label, List<Setting> settings) {

    /**
     * Asks a factory.
     *
     * @throws PluginLoadException if it says what it must not
     */
    public static Description of(PluginFactory<?> factory) {
      String name = factory.name();
      if (name == null || !name.matches("[a-z0-9-]{1,32}")) {
        throw new PluginLoadException("Its name must be 1 to 32 of a-z 0-9 -: " + name);
      }
      String label = factory.label();
      if (label == null || label.isBlank() || label.length() > LONGEST_LABEL) {
        throw new PluginLoadException("Its label must have 1 to 64 characters.");
      }
      return new Description(name, label, settings(factory));
    }

    private static List<Setting> settings(PluginFactory<?> factory) {
      List<Setting> told = factory.settings();
      if (told == null || told.stream().anyMatch(java.util.Objects::isNull)) {
        throw new PluginLoadException("Its settings must be a list without null.");
      }
      List<Setting> settings = List.copyOf(told);
      HashSet<String> names = new HashSet<>();
      if (settings.size() > MOST_SETTINGS
          || !settings.stream().map(Setting::name).allMatch(names::add)) {
        throw new PluginLoadException("Its settings must be at most 100, each with its own name.");
      }
      return settings;
    }
  }

  GuardedFactory(Description description, PluginFactory<T> factory, ForeignCalls calls) {
    this.description = description;
    this.factory = factory;
    this.calls = calls;
  }

  @Override
  public final String name() {
    return description.name();
  }

  @Override
  public final String label() {
    return description.label();
  }

  @Override
  public final List<Setting> settings() {
    return description.settings();
  }

  @Override
  public final T create(PluginContext context) {
    return guarded(made(() -> factory.create(context)), calls);
  }

  /** Calls the plugin for an instance. */
  T made(Supplier<T> body) {
    return calls.call("create", calls.limits().create(), body, this::close);
  }

  /** The same instance behind these calls. */
  abstract T guarded(T instance, ForeignCalls through);

  abstract void close(T instance);

  /** How the plugin breaks its contract now. */
  public final List<PluginFault> faults() {
    return calls.faults();
  }
}
