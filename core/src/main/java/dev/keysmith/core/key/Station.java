package dev.keysmith.core.key;

import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.server.ServerStopping;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The ports of this server: every key transport that is installed, and the keys plugged in. */
@ApplicationScoped
public class Station {

  private static final Logger LOG = Logger.getLogger(Station.class.getName());

  private static final String BROKEN =
      "The plugin failed in a way that it must not (%s). Report it to whoever makes it.";

  @Inject Plugins plugins;

  private final Map<String, KeyTransport> transports = new LinkedHashMap<>();
  private final KeyWatches watches = new KeyWatches();

  /**
   * What one look found.
   *
   * @param keys those that are plugged in now
   * @param problems by transport name: why it cannot list its keys, in words
   */
  public record Look(List<PluggedKey> keys, Map<String, String> problems) {}

  /**
   * What has changed at the station.
   *
   * @param arrived keys that have been plugged in
   * @param gone keys that have been pulled out, or whose transport has a problem now
   * @param now all that is there
   */
  public record Change(List<PluggedKey> arrived, List<PluggedKey> gone, Look now) {}

  /** The keys that are plugged in now; a transport that fails does not hide the others. */
  public Look look() {
    List<PluggedKey> keys = new ArrayList<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (KeyTransportFactory factory : plugins.keyTransports()) {
      try {
        transport(factory).listKeys().forEach(key -> keys.add(new PluggedKey(factory.name(), key)));
      } catch (RuntimeException | LinkageError e) {
        problems.put(factory.name(), problem(factory, e));
      }
    }
    return new Look(List.copyOf(keys), problems);
  }

  /**
   * Tells a listener what is plugged in: before this returns, and then within a second of each
   * change, until the watch is closed. Transports are watched only while somebody listens.
   *
   * @param listener called on threads of the transports, one call at a time for all listeners; so
   *     it returns quickly and never waits for another thread. The first call has every key as
   *     arrived; where others listen already, it says what they were told last
   * @return to be closed when nobody listens any more
   */
  public StationWatch watch(Consumer<Change> listener) {
    return watches.add(listener, look(), plugins.keyTransports(), this::transport);
  }

  /** Why a transport does not work, in words for the person at the station. */
  static String problem(KeyTransportFactory factory, Throwable cause) {
    if (cause instanceof PluginException) {
      return String.valueOf(cause.getMessage());
    }
    LOG.log(Level.WARNING, cause, () -> "Key transport " + factory.name() + " is broken");
    return BROKEN.formatted(cause.getClass().getSimpleName());
  }

  /**
   * The key that is plugged in under this id.
   *
   * @throws ProblemException {@code NOT_FOUND} if it is not there
   */
  public PluggedKey find(String transport, String keyId) {
    return transport(factory(transport)).listKeys().stream()
        .filter(key -> key.id().equals(keyId))
        .findFirst()
        .map(key -> new PluggedKey(transport, key))
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "key.absent",
                    "That security key is not plugged in (any more). Plug it in and choose it"
                        + " again."));
  }

  /** Opens a key for the caller alone; the caller closes it. */
  public KeyConnection open(PluggedKey key) {
    return transport(factory(key.transport())).open(key.descriptor().id());
  }

  private KeyTransportFactory factory(String name) {
    return plugins.keyTransports().stream()
        .filter(factory -> factory.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "transport", "There is no key transport \"" + name + "\"."));
  }

  private synchronized KeyTransport transport(KeyTransportFactory factory) {
    KeyTransport open = transports.get(factory.name());
    if (open == null) {
      open = factory.create(plugins.configured(factory));
      transports.put(factory.name(), open);
    }
    return open;
  }

  void stop(@Observes ServerStopping stopping) {
    close();
  }

  @PreDestroy
  void close() {
    watches.close();
    closeTransports();
  }

  private synchronized void closeTransports() {
    transports.forEach(Station::close);
    transports.clear();
  }

  private static void close(String name, KeyTransport transport) {
    try {
      transport.close();
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, e, () -> "Key transport " + name + " could not be closed");
    }
  }
}
