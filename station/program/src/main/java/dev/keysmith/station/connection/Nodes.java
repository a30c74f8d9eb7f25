package dev.keysmith.station.connection;

import java.util.HashSet;
import java.util.Set;

/** The servers that share a database, and which of them has a link of this program. */
final class Nodes {

  private final Set<String> claimed = new HashSet<>();
  private Set<String> known = Set.of();

  /** Notes all servers, as one of them tells. */
  synchronized void know(Iterable<String> nodes) {
    Set<String> told = new HashSet<>();
    nodes.forEach(told::add);
    known = told;
  }

  /** Takes a server for a connection; false if another has it. */
  synchronized boolean claim(String node) {
    return claimed.add(node);
  }

  synchronized void release(String node) {
    claimed.remove(node);
  }

  /** Whether a server has no link yet. */
  synchronized boolean areMissing() {
    return claimed.isEmpty() || !claimed.containsAll(known);
  }
}
