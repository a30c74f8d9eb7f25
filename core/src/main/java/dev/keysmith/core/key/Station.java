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

  /**
   * What one look found.
   *
   * @param keys those that are plugged in now
   * @param problems by transport name: why it cannot list its keys, in words
   */
  public record Look(List<PluggedKey> keys, Map<String, String> problems) {}

  /** The keys that are plugged in now; a transport that fails does not hide the others. */
  public Look look() {
    List<PluggedKey> keys = new ArrayList<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (KeyTransportFactory factory : plugins.keyTransports()) {
      try {
        transport(factory).listKeys().forEach(key -> keys.add(new PluggedKey(factory.name(), key)));
      } catch (PluginException e) {
        problems.put(factory.name(), e.getMessage());
      } catch (RuntimeException | LinkageError e) {
        LOG.log(Level.WARNING, e, () -> "Key transport " + factory.name() + " is broken");
        problems.put(factory.name(), BROKEN.formatted(e.getClass().getSimpleName()));
      }
    }
    return new Look(List.copyOf(keys), problems);
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
  synchronized void close() {
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
