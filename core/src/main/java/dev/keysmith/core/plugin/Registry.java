package dev.keysmith.core.plugin;

import dev.keysmith.core.plugin.guard.ForeignCalls;
import dev.keysmith.core.plugin.guard.GuardedFactory;
import dev.keysmith.core.plugin.guard.PluginLoadException;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The factories of one port, by name. What is wrong with one is written down and keeps none of the
 * others away.
 *
 * @param <F> the factory type
 */
final class Registry<F extends PluginFactory<?>> {

  private final Class<F> type;
  private final Guard<F> guard;
  private final Map<String, F> byName = new LinkedHashMap<>();

  /** Puts a factory behind the calls of its plugin. */
  @FunctionalInterface
  interface Guard<F> {
    F guarded(GuardedFactory.Description description, F factory, ForeignCalls calls);
  }

  Registry(Class<F> type, Guard<F> guard) {
    this.type = type;
    this.guard = guard;
  }

  synchronized List<F> all() {
    return List.copyOf(byName.values());
  }

  synchronized @Nullable F find(String name) {
    return byName.get(name);
  }

  /**
   * Adds what a class loader finds; returns how many factories it named, broken ones included.
   *
   * @param calls under the name of the place where the plugin was found
   * @param broken told what is wrong, in words
   */
  int load(ClassLoader loader, ForeignCalls calls, Consumer<String> broken) {
    List<ServiceLoader.Provider<F>> named;
    try {
      named = calls.call("list of services", calls.limits().load(), () -> named(loader));
    } catch (PluginException | PluginLoadException e) {
      broken.accept(String.valueOf(e.getMessage()));
      return 1;
    }
    for (ServiceLoader.Provider<F> each : named) {
      try {
        add(each, calls);
      } catch (PluginException | PluginLoadException e) {
        broken.accept(String.valueOf(e.getMessage()));
      }
    }
    return named.size();
  }

  private List<ServiceLoader.Provider<F>> named(ClassLoader loader) {
    try {
      return ServiceLoader.load(type, loader).stream().toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new PluginLoadException("Its list of services is wrong: " + e.getMessage());
    }
  }

  private void add(ServiceLoader.Provider<F> found, ForeignCalls calls) {
    F factory = calls.call("constructor", calls.limits().load(), () -> made(found));
    GuardedFactory.Description description =
        calls.call(
            "name, label and settings",
            calls.limits().load(),
            () -> GuardedFactory.Description.of(factory));
    put(guard.guarded(description, factory, calls.named(description.name())));
  }

  /** Its message is told here: at this time a plugin knows no secret. */
  private static <F> F made(ServiceLoader.Provider<F> found) {
    try {
      return found.get();
    } catch (ServiceConfigurationError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new PluginLoadException("It cannot be made: " + cause);
    } catch (LinkageError | RuntimeException e) {
      throw new PluginLoadException("It cannot be made: " + e);
    }
  }

  private synchronized void put(F factory) {
    if (byName.putIfAbsent(factory.name(), factory) != null) {
      throw new PluginLoadException(
          "Another plugin has the name " + factory.name() + " already and is used instead.");
    }
  }
}
