package dev.keysmith.war.body;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How many bodies may be on their way at once. Each holds a thread until it has arrived, so that
 * senders who are slow on purpose would hold all threads, and memory besides.
 */
@ApplicationScoped
class BodySlots {

  /** Whose bodies share a bound; together they leave a third of the server's 200 threads. */
  enum Share {
    STRANGERS(64, 8),
    KNOWN(64, 16),
    LISTS(3, 2);

    private final int all;
    private final int each;

    Share(int all, int each) {
      this.all = all;
      this.each = each;
    }
  }

  private final Map<Share, Map<String, Integer>> underWay = new EnumMap<>(Share.class);

  /**
   * Takes a place.
   *
   * @param sender who sends: an address, or the name of an account
   * @return whether there was one; then it must be given back
   */
  synchronized boolean begin(Share share, String sender) {
    Map<String, Integer> senders = underWay.computeIfAbsent(share, none -> new HashMap<>());
    int all = senders.values().stream().mapToInt(Integer::intValue).sum();
    if (all >= share.all || senders.getOrDefault(sender, 0) >= share.each) {
      return false;
    }
    senders.merge(sender, 1, Integer::sum);
    return true;
  }

  /** Gives a place back. */
  synchronized void end(Share share, String sender) {
    underWay
        .getOrDefault(share, new HashMap<>())
        .computeIfPresent(sender, (name, count) -> count == 1 ? null : count - 1);
  }
}
