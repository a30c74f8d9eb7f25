package dev.keysmith.core.key;

import dev.keysmith.core.key.Station.Change;
import dev.keysmith.core.key.Station.Look;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import dev.keysmith.spi.key.KeyWatch;
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
 * in the same order; it is not held while a transport is called.
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
  StationWatch add(
      Consumer<Change> listener,
      Look now,
      List<KeyTransportFactory> factories,
      Function<KeyTransportFactory, KeyTransport> open) {
    StationWatch watch = new StationWatch(listener, this::remove);
    if (enter(watch, now)) {
      factories.forEach(factory -> watch(factory, now, open));
    }
    return watch;
  }

  /** Returns whether it is the first one. */
  private synchronized boolean enter(StationWatch watch, Look now) {
    boolean first = listeners.isEmpty();
    if (first) {
      told = now;
    }
    tell(watch, new Change(told.keys(), List.of(), told));
    if (!closed) {
      listeners.add(watch);
    }
    return first && !closed;
  }

  private void watch(
      KeyTransportFactory factory, Look now, Function<KeyTransportFactory, KeyTransport> open) {
    WatchedTransport transport = new WatchedTransport(factory.name(), this, now);
    if (!begin(transport)) {
      return;
    }
    try {
      KeyWatch watch = open.apply(factory).watch(transport);
      if (!keep(transport, watch)) {
        watch.close();
      }
    } catch (RuntimeException e) {
      String problem = Station.problem(factory, e);
      update(transport, () -> transport.cannotBeWatched(problem));
    }
  }

  private synchronized boolean begin(WatchedTransport transport) {
    return !listeners.isEmpty() && transports.add(transport);
  }

  /** Returns false if nobody listens any more. */
  private synchronized boolean keep(WatchedTransport transport, KeyWatch watch) {
    if (!transports.contains(transport)) {
      return false;
    }
    transport.watchedBy(watch);
    return true;
  }

  private void remove(StationWatch watch) {
    List<WatchedTransport> idle;
    synchronized (this) {
      boolean last = listeners.remove(watch) && listeners.isEmpty();
      idle = last ? taken() : List.of();
    }
    idle.forEach(WatchedTransport::close);
  }

  /** Ends all watches for good. */
  void close() {
    List<WatchedTransport> all;
    synchronized (this) {
      closed = true;
      listeners.clear();
      all = taken();
    }
    all.forEach(WatchedTransport::close);
  }

  private List<WatchedTransport> taken() {
    List<WatchedTransport> taken = List.copyOf(transports);
    transports.clear();
    return taken;
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
