package dev.keysmith.core.ctap;

import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.core.ctap.wire.CtapCommand;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How much is fetched of the lists that a key enumerates: a key may announce any number of entries,
 * name ever more relying parties, and take its time for each.
 */
final class FetchBudget {

  /** More than any key holds in one list. */
  static final int LONGEST_LIST = 1000;

  /** Of all lists together: the relying parties and the credentials of each. */
  static final int MOST_ENTRIES = 3000;

  /** For all entries together; keys that hold hundreds of credentials take seconds. */
  static final Duration LONGEST_TIME = Duration.ofMinutes(2);

  private final String source;
  private final LongSupplier nanos;
  private long entries;
  private long spent;

  FetchBudget(CtapCommand command) {
    this(command, System::nanoTime);
  }

  /**
   * @param nanos of a timer that runs on evenly, as {@link System#nanoTime}
   */
  FetchBudget(CtapCommand command, LongSupplier nanos) {
    this.source = command.standardName();
    this.nanos = nanos;
  }

  /**
   * Takes an announced list from the budget.
   *
   * @throws CtapException {@link CtapStatus#UNREADABLE_RESPONSE} if no key would hold so much
   */
  void announce(long count) {
    entries += Math.min(count, LONGEST_LIST + 1);
    if (count > LONGEST_LIST || entries > MOST_ENTRIES) {
      throw CtapException.unreadable(
          source, "it claims " + Math.max(count, entries) + " entries", null);
    }
  }

  /**
   * Fetches an entry.
   *
   * @throws CtapException {@link CtapStatus#UNREADABLE_RESPONSE} if the key has taken too long for
   *     those before it
   */
  CborMap next(Supplier<CborMap> fetch) {
    if (spent > LONGEST_TIME.toNanos()) {
      throw CtapException.unreadable(
          source, "its list has no end after " + LONGEST_TIME.toSeconds() + " s", null);
    }
    long start = nanos.getAsLong();
    CborMap entry = fetch.get();
    spent += nanos.getAsLong() - start;
    return entry;
  }
}
