package dev.keysmith.core.plugin;

import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.plugin.guard.ForeignCalls;
import dev.keysmith.core.plugin.guard.GuardedFactory;
import dev.keysmith.core.plugin.guard.GuardedIdentityProviderFactory;
import dev.keysmith.core.plugin.guard.GuardedKeyTransportFactory;
import dev.keysmith.core.plugin.guard.PluginFault;
import dev.keysmith.core.plugin.guard.PluginLoadException;
import dev.keysmith.core.plugin.guard.TimeLimits;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginFactory;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import dev.keysmith.spi.key.KeyTransportFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The plugins: those that come with the server, and third-party ones from {@code
 * keysmith.plugins.dir}, each with a class loader of its own. A broken one is reported and never
 * stops the server.
 */
@ApplicationScoped
public class Plugins {

  private static final Logger LOG = System.getLogger(Plugins.class.getName());

  private final Registry<IdentityProviderFactory> identityProviders =
      new Registry<>(IdentityProviderFactory.class, GuardedIdentityProviderFactory::new);
  private final Registry<KeyTransportFactory> keyTransports =
      new Registry<>(KeyTransportFactory.class, GuardedKeyTransportFactory::new);
  private final List<BrokenPlugin> broken = new CopyOnWriteArrayList<>();
  private final Queue<URLClassLoader> loaders = new ConcurrentLinkedQueue<>();

  @Inject Configuration configuration;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** How long plugins are waited for; tests wait less. */
  TimeLimits limits = TimeLimits.STANDARD;

  /** Finds the plugins; once, when the server starts. One that hangs is left behind. */
  public void load() {
    load("bundled", Plugins.class.getClassLoader());
    directories().forEach(this::loadAll);
    broken.forEach(
        each -> LOG.log(Level.ERROR, "Plugin {0} is not used: {1}", each.source(), each.reason()));
  }

  /** Closes the jars; once, when the server stops. */
  public void close() {
    for (URLClassLoader loader = loaders.poll(); loader != null; loader = loaders.poll()) {
      try {
        loader.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "A plugin's jars cannot be closed", e);
      }
    }
  }

  /** The identity providers that can be connected. They and what they make may be called freely. */
  public List<IdentityProviderFactory> identityProviders() {
    return identityProviders.all();
  }

  /** The ways to reach security keys. They and what they make may be called freely. */
  public List<KeyTransportFactory> keyTransports() {
    return keyTransports.all();
  }

  /** What could not be loaded, and why. */
  public List<BrokenPlugin> broken() {
    return List.copyOf(broken);
  }

  /** What loaded plugins do wrong now. Asks none of them. */
  public List<PluginFault> faults() {
    return Stream.concat(identityProviders.all().stream(), keyTransports.all().stream())
        .flatMap(
            each -> each instanceof GuardedFactory<?> guarded ? guarded.faults().stream() : null)
        .toList();
  }

  /**
   * An identity provider by name.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is none
   */
  public IdentityProviderFactory identityProvider(String name) {
    IdentityProviderFactory factory = identityProviders.find(name);
    if (factory == null) {
      throw ProblemException.notFound(
          PluginsMessage.UNKNOWN,
          name,
          String.join(", ", identityProviders.all().stream().map(PluginFactory::name).toList()));
    }
    return factory;
  }

  /**
   * What an instance of a plugin gets.
   *
   * @param factory whose declared defaults stand in for what is not configured
   * @param texts values by name of the setting
   * @param secrets each call gives a new copy, which the plugin erases
   */
  public PluginContext context(
      PluginFactory<?> factory, Map<String, String> texts, Map<String, Supplier<char[]>> secrets) {
    Map<String, String> values = new HashMap<>();
    for (Setting setting : factory.settings()) {
      setting.defaultValue().ifPresent(value -> values.put(setting.name(), value));
    }
    texts.forEach(
        (name, value) -> {
          if (!value.isBlank()) {
            values.put(name, value);
          }
        });
    return context(values, secrets);
  }

  /** As {@link #context(PluginFactory, Map, Map)}, without defaults. */
  public PluginContext context(Map<String, String> texts, Map<String, Supplier<char[]>> secrets) {
    return new Context(Map.copyOf(texts), Map.copyOf(secrets), clock, random);
  }

  /**
   * What an instance of a plugin gets that is configured with the server: {@code
   * keysmith.plugin.<name>.<setting>}.
   */
  public PluginContext configured(PluginFactory<?> factory) {
    Map<String, String> texts = new HashMap<>();
    Map<String, Supplier<char[]>> secrets = new HashMap<>();
    for (Setting setting : factory.settings()) {
      String key = "keysmith.plugin." + factory.name() + "." + setting.name();
      if (setting.kind() == Setting.Kind.SECRET) {
        Optional<String> secret = configuration.secret(key);
        secret.ifPresent(value -> secrets.put(setting.name(), value::toCharArray));
      } else {
        configuration.text(key).ifPresent(value -> texts.put(setting.name(), value));
      }
    }
    return context(factory, texts, secrets);
  }

  private List<Path> directories() {
    return configuration
        .text("keysmith.plugins.dir")
        .map(paths -> Stream.of(paths.split(File.pathSeparator)).map(Path::of).toList())
        .orElseGet(() -> List.of(configuration.data().resolve("plugins")));
  }

  private void loadAll(Path parent) {
    try {
      PluginDirectory.looseJars(parent)
          .forEach(jar -> broken.add(new BrokenPlugin(jar, PluginDirectory.LOOSE_JAR)));
      PluginDirectory.list(parent).forEach(this::load);
    } catch (PluginLoadException e) {
      broken.add(new BrokenPlugin(parent.toString(), String.valueOf(e.getMessage())));
    }
  }

  private void load(Path directory) {
    String source = directory.getFileName().toString();
    try {
      URLClassLoader loader = new PluginDirectory(directory).open();
      loaders.add(loader);
      if (load(source, loader) == 0) {
        broken.add(new BrokenPlugin(source, "Its jars name no plugin in META-INF/services."));
      }
    } catch (PluginLoadException e) {
      broken.add(new BrokenPlugin(source, String.valueOf(e.getMessage())));
    }
  }

  private int load(String source, ClassLoader loader) {
    LOG.log(Level.INFO, "Loading the plugins of {0}", source);
    ForeignCalls calls = new ForeignCalls(source, loader, clock, limits);
    Consumer<String> complaint = reason -> broken.add(new BrokenPlugin(source, reason));
    return identityProviders.load(loader, calls, complaint)
        + keyTransports.load(loader, calls, complaint);
  }
}
