package dev.keysmith.core.key;

import dev.keysmith.core.key.Station.Change;
import dev.keysmith.core.key.Station.Look;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One watch per key transport while somebody listens, and none otherwise.
 *
 * <p>Transports call in on threads of their own. One lock makes all listeners hear the same changes
 * in the same order; closing a watch of a transport waits for nothing (KEY-8), so the lock may be
 * held meanwhile.
 */
final class KeyWatches {

  private static final Logger LOG = Logger.getLogger(KeyWatches.class.getName());

  private final List<WatchedTransport> transports = new ArrayList<>();
  private final List<StationWatch> listeners = new ArrayList<>();
  private Look told = new Look(List.of(), Map.of());
  private boolean closed;

  /**
   * Adds a listener and tells it what is there. The first one sets the watches off.
   *
   * @param now what there is, for the first one
   * @param factories of the transports, each opened by {@code open}
   */
  synchronized StationWatch add(
      Consumer<Change> listener,
      Look now,
      List<KeyTransportFactory> factories,
      Function<KeyTransportFactory, KeyTransport> open) {
    StationWatch watch = new StationWatch(listener, this::remove);
    boolean first = listeners.isEmpty();
    if (first) {
      told = now;
    }
    tell(watch, new Change(told.keys(), List.of(), told));
    if (!closed) {
      listeners.add(watch);
    }
    if (first && !closed) {
      factories.forEach(factory -> watch(factory, now, open));
    }
    return watch;
  }

  private void watch(
      KeyTransportFactory factory, Look now, Function<KeyTransportFactory, KeyTransport> open) {
    WatchedTransport transport = new WatchedTransport(factory.name(), this, now);
    transports.add(transport);
    try {
      transport.watchedBy(open.apply(factory).watch(transport));
    } catch (RuntimeException | LinkageError e) {
      transport.cannotBeWatched(Station.problem(factory, e));
    }
  }

  private synchronized void remove(StationWatch watch) {
    if (listeners.remove(watch) && listeners.isEmpty()) {
      stop();
    }
  }

  /** Ends all watches for good. */
  synchronized void close() {
    closed = true;
    listeners.clear();
    stop();
  }

  private void stop() {
    for (WatchedTransport transport : transports) {
      try {
        transport.close();
      } catch (RuntimeException | LinkageError e) {
        LOG.log(Level.WARNING, e, () -> "The watch of " + transport.name() + " cannot be closed");
      }
    }
    transports.clear();
  }

  /** A transport has news. Those of a watch that has ended are passed over. */
  synchronized void update(WatchedTransport transport, Runnable news) {
    if (!transports.contains(transport)) {
      return;
    }
    news.run();
    Look now = now();
    if (!now.equals(told)) {
      Change change =
          new Change(without(now.keys(), told.keys()), without(told.keys(), now.keys()), now);
      told = now;
      List.copyOf(listeners).forEach(listener -> tell(listener, change));
    }
  }

  private Look now() {
    List<PluggedKey> keys = new ArrayList<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (WatchedTransport transport : transports) {
      keys.addAll(transport.keys());
      transport.problem().ifPresent(problem -> problems.put(transport.name(), problem));
    }
    return new Look(List.copyOf(keys), problems);
  }

  private static List<PluggedKey> without(List<PluggedKey> keys, List<PluggedKey> others) {
    return keys.stream().filter(key -> !others.contains(key)).toList();
  }

  private static void tell(StationWatch listener, Change change) {
    try {
      listener.tell(change);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "What listens to the station failed", e);
    }
  }
}
