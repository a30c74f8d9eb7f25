package dev.keysmith.testing.org.practice;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What has happened in the org lately, in sentences for the page. Thread-safe. */
public final class Activity {

  private static final int KEPT = 100;

  /**
   * One thing that happened.
   *
   * @param trouble whether it went wrong
   */
  public record Entry(Instant time, String text, boolean trouble) {}

  private final Deque<Entry> entries = new ArrayDeque<>();
  private final Clock clock;
  private int signIns;

  /** Nothing has happened yet. */
  public Activity(Clock clock) {
    this.clock = clock;
  }

  /** Something went as wanted. */
  public void note(String text) {
    add(text, false);
  }

  /** A person has signed in. */
  public synchronized void signIn(String text) {
    signIns++;
    note(text);
  }

  /** How many sign-ins there have been since the start. */
  public synchronized int signIns() {
    return signIns;
  }

  /** Something went wrong. */
  public void trouble(String text) {
    add(text, true);
  }

  private synchronized void add(String text, boolean trouble) {
    if (entries.size() == KEPT) {
      entries.removeLast();
    }
    entries.addFirst(new Entry(clock.instant(), text, trouble));
  }

  /** The latest first. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }
}
