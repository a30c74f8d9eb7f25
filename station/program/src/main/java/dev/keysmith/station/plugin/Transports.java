package dev.keysmith.station.plugin;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.link.Link;
import dev.keysmith.station.link.TransportState;
import dev.keysmith.station.platform.Sources;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds and makes the key transports: those of the program first, then those of third parties. */
public final class Transports {

  private static final Logger LOG = System.getLogger(Transports.class.getName());

  private final Home home;
  private final Settings settings;
  private final Sources sources;
  private final List<LoadedTransport> loaded = new ArrayList<>();

  private Transports(Home home, Settings settings, Sources sources) {
    this.home = home;
    this.settings = settings;
    this.sources = sources;
  }

  /** All that may be used. What is broken is among them, with its problem. */
  public static List<LoadedTransport> load(Home home, Settings settings, Sources sources) {
    Transports transports = new Transports(home, settings, sources);
    transports.add(Transports.class.getClassLoader(), "");
    for (String loose : PluginDirectory.looseJars(home.plugins())) {
      LOG.log(Level.WARNING, "{0}: {1}", loose, PluginDirectory.LOOSE_JAR);
    }
    for (Path directory : PluginDirectory.list(home.plugins())) {
      transports.add(directory);
    }
    return List.copyOf(transports.loaded);
  }

  private void add(Path directory) {
    String name = String.valueOf(directory.getFileName());
    try {
      add(new PluginDirectory(directory).open(), name);
    } catch (PluginException e) {
      addBroken(name, e);
    }
  }

  private void add(ClassLoader loader, String directory) {
    Iterator<KeyTransportFactory> factories;
    try {
      factories = ServiceLoader.load(KeyTransportFactory.class, loader).iterator();
      while (factories.hasNext()) {
        add(factories.next());
      }
    } catch (Throwable e) {
      // Foreign code: an Error must not end the program.
      addBroken(directory, failure(e));
    }
  }

  private void add(KeyTransportFactory factory) {
    String name = "";
    try {
      name = factory.name();
      if (!isAllowed(name) || loaded.size() == Link.MOST_TRANSPORTS) {
        return;
      }
      if (isLoaded(name)) {
        LOG.log(Level.WARNING, "A second plugin is called {0}; the first is used.", name);
        return;
      }
      StationContext context = new StationContext(home, settings, name, sources);
      KeyTransport transport = factory.create(context.withDefaults(factory.settings()));
      loaded.add(LoadedTransport.of(name, transport));
    } catch (Throwable e) {
      addBroken(name, failure(e));
    }
  }

  private boolean isAllowed(String name) {
    return name.matches("[a-z0-9-]{1,%d}".formatted(TransportState.LONGEST_NAME))
        && (settings.transports().isEmpty() || settings.transports().contains(name));
  }

  private boolean isLoaded(String name) {
    return loaded.stream().anyMatch(each -> each.name().equals(name));
  }

  private void addBroken(String name, PluginException problem) {
    LOG.log(Level.WARNING, "The plugin {0} cannot be used. {1}", name, problem.getMessage());
    if (!name.isEmpty() && !isLoaded(name) && loaded.size() < Link.MOST_TRANSPORTS) {
      loaded.add(LoadedTransport.broken(name, problem));
    }
  }

  private static PluginException failure(Throwable thrown) {
    return thrown instanceof PluginException known
        ? known
        : new PluginException(
            Reason.MISCONFIGURED,
            "The plugin failed while it was loaded (%s). Report it to its maker."
                .formatted(thrown.getClass().getSimpleName()),
            thrown);
  }
}
