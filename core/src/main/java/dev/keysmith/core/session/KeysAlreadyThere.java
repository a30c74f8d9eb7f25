package dev.keysmith.core.session;

import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that are plugged in since before a moment. A key that was pulled out is one of them no
 * more. While a transport has a problem, its keys cannot be seen: they stay, and all that its next
 * list names counts as there before.
 */
final class KeysAlreadyThere {

  private final Set<Port> ports = ConcurrentHashMap.newKeySet();

  /** Transports whose keys could not be seen last. */
  private Set<String> unseen;

  private record Port(String transport, String key) {
    static Port of(PluggedKey plugged) {
      return new Port(plugged.transport(), plugged.descriptor().id());
    }
  }

  /**
   * @param moment all that is there
   */
  KeysAlreadyThere(Station.Look moment) {
    moment.keys().forEach(key -> ports.add(Port.of(key)));
    unseen = Set.copyOf(moment.problems().keySet());
  }

  /** Takes in what has changed since. */
  synchronized void see(Station.Change change) {
    Set<String> troubled = change.now().problems().keySet();
    change.gone().stream()
        .filter(key -> !troubled.contains(key.transport()))
        .forEach(key -> ports.remove(Port.of(key)));
    Set<String> seenAgain = new HashSet<>(unseen);
    seenAgain.removeAll(troubled);
    ports.removeIf(port -> seenAgain.contains(port.transport()));
    change.now().keys().stream()
        .filter(key -> seenAgain.contains(key.transport()))
        .forEach(key -> ports.add(Port.of(key)));
    unseen = Set.copyOf(troubled);
  }

  boolean contains(PluggedKey key) {
    return ports.contains(Port.of(key));
  }
}
