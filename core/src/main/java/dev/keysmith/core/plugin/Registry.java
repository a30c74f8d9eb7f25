package dev.keysmith.core.plugin;

import dev.keysmith.spi.PluginFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The factories of one port, by name. What is wrong with one is written down and keeps none of the
 * others away.
 *
 * @param <F> the factory type
 */
final class Registry<F extends PluginFactory<?>> {

  private final Class<F> type;
  private final Map<String, F> byName = new LinkedHashMap<>();

  Registry(Class<F> type) {
    this.type = type;
  }

  List<F> all() {
    return List.copyOf(byName.values());
  }

  @org.jspecify.annotations.Nullable
  F find(String name) {
    return byName.get(name);
  }

  /** Adds what a class loader finds; returns how many factories it named, broken ones included. */
  int load(String source, ClassLoader loader, List<BrokenPlugin> broken) {
    List<ServiceLoader.Provider<F>> named = new ArrayList<>();
    try {
      ServiceLoader.load(type, loader).stream().forEach(named::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      broken.add(new BrokenPlugin(source, "Its list of services is wrong: " + e.getMessage()));
      return 1;
    }
    for (ServiceLoader.Provider<F> each : named) {
      add(source, each, broken);
    }
    return named.size();
  }

  private void add(String source, ServiceLoader.Provider<F> found, List<BrokenPlugin> broken) {
    try {
      F factory = found.get();
      check(factory);
      byName.put(factory.name(), factory);
    } catch (PluginLoadException e) {
      broken.add(new BrokenPlugin(source, String.valueOf(e.getMessage())));
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      String cause = e.getCause() == null ? e.toString() : e.getCause().toString();
      broken.add(new BrokenPlugin(source, "It cannot be made: " + cause));
    }
  }

  private void check(F factory) {
    if (!factory.name().matches("[a-z0-9-]{1,32}")) {
      throw new PluginLoadException("Its name must be 1 to 32 of a-z 0-9 -: " + factory.name());
    }
    if (factory.label().isBlank() || factory.label().length() > 64) {
      throw new PluginLoadException("Its label must have 1 to 64 characters.");
    }
    factory.settings();
    if (byName.containsKey(factory.name())) {
      throw new PluginLoadException(
          "Another plugin has the name " + factory.name() + " already and is used instead.");
    }
  }
}
