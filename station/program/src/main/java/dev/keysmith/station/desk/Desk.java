package dev.keysmith.station.desk;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchListener;
import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Frames;
import dev.keysmith.station.link.Link;
import dev.keysmith.station.link.TransportState;
import dev.keysmith.station.plugin.LoadedTransport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is plugged in, told to listeners whenever it changes; and keys to be opened. */
public final class Desk implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Desk.class.getName());

  private final Map<String, KeyTransport> transports = new LinkedHashMap<>();
  private final List<KeyWatch> watches = new ArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ClosingKeys closing = new ClosingKeys();

  /** By name; guarded by itself. */
  private final Map<String, TransportState> states = new LinkedHashMap<>();

  /** Begins to watch. */
  public Desk(List<LoadedTransport> loaded) {
    for (LoadedTransport each : loaded) {
      each.transport().ifPresent(transport -> transports.put(each.name(), transport));
      states.put(each.name(), state(each.name(), each.problem(), List.of()));
    }
    transports.forEach(this::watch);
  }

  private static TransportState state(
      String name, Optional<PluginException> problem, List<KeyDescriptor> keys) {
    return new TransportState(
        name,
        problem.map(it -> new TransportState.Problem(it.reason(), String.valueOf(it.getMessage()))),
        keys);
  }

  private void watch(String name, KeyTransport transport) {
    try {
      watches.add(transport.watch(new Listener(name)));
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "The plugin " + name + " cannot watch for security keys", e);
      change(state(name, Optional.of(ForeignFaults.toException(e)), List.of()));
    }
  }

  private void change(TransportState state) {
    synchronized (states) {
      if (state.equals(states.put(state.name(), state))) {
        return;
      }
    }
    listeners.forEach(Runnable::run);
  }

  /** What is plugged in now, as far as a frame can hold it. */
  public Frame.Keys keys() {
    Frame.Keys keys = keys(Link.MOST_KEYS);
    for (int most = Link.MOST_KEYS / 2; Frames.encode(keys).length > Link.MOST_BYTES; most /= 2) {
      keys = keys(most);
    }
    return keys;
  }

  private Frame.Keys keys(int most) {
    List<TransportState> told = new ArrayList<>();
    int left = most;
    synchronized (states) {
      for (TransportState each : states.values()) {
        List<KeyDescriptor> keys = each.keys().subList(0, Math.min(left, each.keys().size()));
        left -= keys.size();
        told.add(new TransportState(each.name(), each.problem(), keys));
      }
    }
    return new Frame.Keys(told);
  }

  /** Calls a listener after each change from now on; it returns quickly and throws nothing. */
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  /** Ends that. */
  public void forget(Runnable listener) {
    listeners.remove(listener);
  }

  /**
   * Opens a key. If it is just being given back, that is waited for.
   *
   * @throws PluginException as {@link KeyTransport#open} says
   */
  public KeyConnection open(String transport, String key) throws InterruptedException {
    KeyTransport found = transports.get(transport);
    if (found == null) {
      throw new PluginException(
          Reason.KEY_ABSENT, "This station has no key transport \"%s\".".formatted(transport));
    }
    String name = transport + "/" + key;
    closing.await(name);
    return closing.noteWhenClosed(name, found.open(key));
  }

  /** Ends the watches and closes the transports. */
  @Override
  public void close() {
    watches.forEach(watch -> quietly("a watch", watch::close));
    transports.forEach((name, transport) -> quietly(name, transport::close));
  }

  private static void quietly(String name, Runnable close) {
    try {
      close.run();
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "Closing " + name + " failed", e);
    }
  }

  private final class Listener implements KeyWatchListener {

    private final String name;

    Listener(String name) {
      this.name = name;
    }

    @Override
    public void onKeys(List<KeyDescriptor> keys) {
      change(state(name, Optional.empty(), keys));
    }

    @Override
    public void onProblem(PluginException problem) {
      LOG.log(Level.WARNING, "{0}: {1}", name, problem.getMessage());
      change(state(name, Optional.of(problem), List.of()));
    }
  }
}
