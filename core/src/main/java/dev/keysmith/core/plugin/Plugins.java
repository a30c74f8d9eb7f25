package dev.keysmith.core.plugin;

import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginFactory;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import dev.keysmith.spi.key.KeyTransportFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The plugins: those that come with the server, and third-party ones from {@code
 * keysmith.plugins.dir}, each with a class loader of its own. A broken one is reported and never
 * stops the server.
 */
@ApplicationScoped
public class Plugins {

  private static final Logger LOG = System.getLogger(Plugins.class.getName());

  private final Registry<IdentityProviderFactory> identityProviders =
      new Registry<>(IdentityProviderFactory.class);
  private final Registry<KeyTransportFactory> keyTransports =
      new Registry<>(KeyTransportFactory.class);
  private final List<BrokenPlugin> broken = new CopyOnWriteArrayList<>();
  private final List<URLClassLoader> loaders = new ArrayList<>();

  @Inject Configuration configuration;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** Finds the plugins; once, when the server starts. */
  public synchronized void load() {
    load("bundled", Plugins.class.getClassLoader());
    PluginDirectory.list(directory()).forEach(this::load);
    broken.forEach(
        each -> LOG.log(Level.ERROR, "Plugin {0} is not used: {1}", each.source(), each.reason()));
  }

  /** Closes the jars; once, when the server stops. */
  public synchronized void close() {
    for (URLClassLoader loader : loaders) {
      try {
        loader.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "A plugin's jars cannot be closed", e);
      }
    }
    loaders.clear();
  }

  /** The identity providers that can be connected. */
  public synchronized List<IdentityProviderFactory> identityProviders() {
    return identityProviders.all();
  }

  /** The ways to reach security keys. */
  public synchronized List<KeyTransportFactory> keyTransports() {
    return keyTransports.all();
  }

  /** What could not be loaded, and why. */
  public List<BrokenPlugin> broken() {
    return List.copyOf(broken);
  }

  /**
   * An identity provider by name.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is none
   */
  public synchronized IdentityProviderFactory identityProvider(String name) {
    IdentityProviderFactory factory = identityProviders.find(name);
    if (factory == null) {
      throw ProblemException.notFound(
          "plugin.unknown",
          "There is no identity provider plugin \"%s\". There are: %s."
              .formatted(
                  name,
                  String.join(
                      ", ", identityProviders.all().stream().map(PluginFactory::name).toList())));
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

  private Path directory() {
    return configuration
        .text("keysmith.plugins.dir")
        .map(Path::of)
        .orElseGet(() -> configuration.data().resolve("plugins"));
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
    return identityProviders.load(source, loader, broken)
        + keyTransports.load(source, loader, broken);
  }
}
