package dev.keysmith.core.key;

import dev.keysmith.core.directory.User;
import dev.keysmith.core.plugin.Once;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.server.ServerStopping;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ports that this server reaches: every key transport that is installed or built in, and the
 * keys plugged in.
 */
@ApplicationScoped
public class Station {

  private static final Logger LOG = Logger.getLogger(Station.class.getName());

  private static final String FAULT =
      "Keysmith failed to reach the ports of \"%s\"; the server's log says where.";

  private static final Duration FRESH = Duration.ofSeconds(10);

  @Inject Plugins plugins;
  @Inject @Any Instance<KeyTransportFactory> transportsOfTheServer;
  @Inject PortRule rule;
  @Inject Clock clock;

  private final Map<String, Once<KeyTransport>> transports = new LinkedHashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Seen seen = new Seen(Instant.MIN, new Look(List.of(), Map.of()));
  private boolean stopped;
  private final TransportScan looks = new TransportScan();
  private final KeyWatches watches = new KeyWatches();

  Port.Waits waits = Port.Waits.STANDARD;

  /**
   * What one look found.
   *
   * @param keys those that are plugged in now
   * @param problems by transport name: why it cannot list its keys, in words
   */
  public record Look(List<PluggedKey> keys, Map<String, String> problems) {

    Look with(List<PluggedKey> other) {
      return new Look(List.copyOf(other), problems);
    }
  }

  /**
   * What has changed at the station.
   *
   * @param arrived keys that have been plugged in
   * @param gone keys that have been pulled out, or whose transport has a problem now
   * @param now all that is there
   */
  public record Change(List<PluggedKey> arrived, List<PluggedKey> gone, Look now) {}

  private record Seen(Instant at, Look look) {}

  /**
   * The keys that are plugged in now. A transport that fails does not hide the others, and one that
   * hangs delays them once.
   */
  public Look look() {
    Look look = looks.look(ports(), waits.answer());
    seen = new Seen(clock.instant(), look);
    return look;
  }

  /**
   * What the last look found, without waiting for a transport. If that was a while ago, a look
   * begins, for the callers that ask later.
   */
  public Look lastLook() {
    Seen last = seen;
    Instant now = clock.instant();
    boolean old = now.isAfter(last.at().plus(FRESH)) || now.isBefore(last.at());
    if (old && looking.compareAndSet(false, true)) {
      Thread look = new Thread(this::lookBeside, "station-look");
      look.setDaemon(true);
      look.start();
    }
    return last.look();
  }

  private void lookBeside() {
    try {
      look();
    } finally {
      looking.set(false);
    }
  }

  /** What of a look is shown to an audience. */
  public Look shownTo(Audience audience, Look look) {
    return look.with(
        look.keys().stream().filter(key -> rule.whyNot(key, audience, null).isEmpty()).toList());
  }

  private Stream<KeyTransportFactory> factories() {
    return Stream.concat(plugins.keyTransports().stream(), builtIn());
  }

  /** The key transports that are no plugins. */
  Stream<KeyTransportFactory> builtIn() {
    return transportsOfTheServer.stream();
  }

  private List<Port> ports() {
    return factories().map(factory -> new Port(factory, () -> transport(factory))).toList();
  }

  /**
   * Tells a listener what is plugged in: before this returns, and then within a second of each
   * change, until the watch is closed. Transports are watched only while there is a listener.
   *
   * @param listener called on threads of the transports, one call at a time for all listeners; so
   *     it returns quickly and never waits for another thread. The first call has every key as
   *     arrived; where others listen already, it says what they were told last
   * @return to be closed when its listener has gone
   */
  public StationWatch watch(Consumer<Change> listener) {
    return watches.add(listener, look(), ports(), waits);
  }

  /** Why a transport does not work, in words for the person at the station. */
  static String problem(KeyTransportFactory factory, RuntimeException cause) {
    if (cause instanceof PluginException || cause instanceof ProblemException) {
      return String.valueOf(cause.getMessage());
    }
    LOG.log(Level.SEVERE, cause, () -> "Key transport " + factory.name() + " cannot be used");
    return FAULT.formatted(factory.name());
  }

  /**
   * The key that is plugged in under this id.
   *
   * @throws ProblemException {@code NOT_FOUND} if it is not there; {@code FORBIDDEN} if it is not
   *     for this audience
   */
  public PluggedKey find(Audience audience, String transport, String keyId) {
    PluggedKey found =
        transport(factory(transport)).listKeys().stream()
            .filter(key -> key.id().equals(keyId))
            .findFirst()
            .map(key -> new PluggedKey(transport, key))
            .orElseThrow(() -> ProblemException.notFound(KeyMessage.ABSENT));
    require(found, audience, null);
    return found;
  }

  /**
   * Refuses to write a key for a user where it is plugged in.
   *
   * @throws ProblemException {@code FORBIDDEN}
   */
  public void requireFor(PluggedKey key, Audience audience, User user) {
    require(key, audience, user);
  }

  private void require(PluggedKey key, Audience audience, @Nullable User user) {
    rule.whyNot(key, audience, user)
        .ifPresent(
            problem -> {
              throw problem;
            });
  }

  /** Opens a key for the caller alone; the caller closes it. */
  public KeyConnection open(PluggedKey key) {
    return transport(factory(key.transport())).open(key.descriptor().id());
  }

  private KeyTransportFactory factory(String name) {
    return factories()
        .filter(factory -> factory.name().equals(name))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound(KeyMessage.NO_SUCH_TRANSPORT, name));
  }

  /** No lock is held while the plugin makes it. */
  private KeyTransport transport(KeyTransportFactory factory) {
    Once<KeyTransport> once = once(factory);
    try {
      return once.get();
    } catch (RuntimeException e) {
      forget(factory.name(), once);
      throw e;
    }
  }

  private synchronized Once<KeyTransport> once(KeyTransportFactory factory) {
    if (stopped) {
      throw new PluginException(Reason.UNAVAILABLE, "The server is stopping.");
    }
    return transports.computeIfAbsent(
        factory.name(), name -> new Once<>(() -> factory.create(plugins.configured(factory))));
  }

  /** The next caller tries anew. */
  private synchronized void forget(String name, Once<KeyTransport> once) {
    transports.remove(name, once);
  }

  void stop(@Observes ServerStopping stopping) {
    close();
  }

  /** Does not wait for a transport that is being made: its plugin may be what ends the process. */
  @PreDestroy
  void close() {
    watches.close();
    taken().forEach(once -> once.made().ifPresent(KeyTransport::close));
  }

  private synchronized List<Once<KeyTransport>> taken() {
    stopped = true;
    List<Once<KeyTransport>> taken = List.copyOf(transports.values());
    transports.clear();
    return taken;
  }
}
