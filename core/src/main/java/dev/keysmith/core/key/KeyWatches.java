package dev.keysmith.core.key;

import dev.keysmith.core.key.Station.Change;
import dev.keysmith.core.key.Station.Look;
import dev.keysmith.spi.key.KeyWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One watch per key transport while there is a listener, and none otherwise.
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
   * Adds a listener and tells it what is there. The first one sets the watches off, all at the same
   * time. What takes longer, or cannot be watched yet, is watched once that works.
   *
   * @param now what there is, for the first one
   */
  StationWatch add(Consumer<Change> listener, Look now, List<Port> ports, Port.Waits waits) {
    StationWatch watch = new StationWatch(listener, this::remove);
    if (enter(watch, now)) {
      List<Beginning> all = ports.stream().map(port -> beginning(port, now, waits)).toList();
      // A list of keys without those of another transport would look as if these were gone.
      if (begin(all)) {
        all.forEach(this::start);
        await(all, now, waits.answer());
      }
    }
    return watch;
  }

  private Beginning beginning(Port port, Look now, Port.Waits waits) {
    return new Beginning(
        port, new WatchedTransport(port.name(), this, now), waits.retry(), new CountDownLatch(1));
  }

  /** A watch that is to begin; {@code tried} is counted down once that was tried. */
  private record Beginning(
      Port port, WatchedTransport transport, Duration retry, CountDownLatch tried) {}

  /** Where the look has just failed, nothing is gained by waiting. */
  private static void await(List<Beginning> all, Look now, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (Beginning each : all) {
        if (!now.problems().containsKey(each.port().name())
            && !each.tried().await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  private synchronized boolean begin(List<Beginning> all) {
    boolean wanted = !listeners.isEmpty();
    if (wanted) {
      all.forEach(each -> transports.add(each.transport()));
    }
    return wanted;
  }

  private void start(Beginning beginning) {
    Thread thread = new Thread(() -> watch(beginning), "station-watch-" + beginning.port().name());
    thread.setDaemon(true);
    thread.start();
  }

  /** Tries until it works, or the last listener has gone. */
  private void watch(Beginning beginning) {
    WatchedTransport transport = beginning.transport();
    do {
      try {
        KeyWatch watch = beginning.port().transport().get().watch(transport);
        if (!keep(transport, watch)) {
          watch.close();
        }
        return;
      } catch (RuntimeException e) {
        String problem = Station.problem(beginning.port().factory(), e);
        update(transport, () -> transport.cannotBeWatched(problem));
      } finally {
        beginning.tried().countDown();
      }
    } while (isWantedAfter(beginning.retry(), transport));
  }

  private synchronized boolean isWantedAfter(Duration pause, WatchedTransport transport) {
    long end = System.nanoTime() + pause.toNanos();
    try {
      for (long left = pause.toNanos(); left > 0 && transports.contains(transport); ) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = end - System.nanoTime();
      }
    } catch (InterruptedException e) {
      return false;
    }
    return transports.contains(transport);
  }

  /** Returns false if the last listener has gone. */
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
    notifyAll();
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
