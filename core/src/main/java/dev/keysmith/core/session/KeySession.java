package dev.keysmith.core.session;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.pin.PinAttempts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A security key being initialised and written at a station: what has happened so far, for the
 * callers that watch it. Thread-safe.
 */
public final class KeySession {

  /** Where a session stands. */
  public enum State {
    /** At work, or waiting for the person at the station. */
    RUNNING,
    /** Ended well: every passkey that waited for this key is active. */
    DONE,
    /** Ended otherwise; the last entry says why and what to do. */
    FAILED,
    /** Ended by the person at the station. */
    CANCELLED
  }

  /** The parts of a session. */
  public enum Step {
    /** The key is opened and examined. */
    EXAMINE,
    /** The PIN is set or verified. */
    PIN,
    /** The key is recorded as its owner's, and workflows assign passkeys. */
    ACTIVATE,
    /** A passkey is written and registered. */
    ENROL,
    /** Policies are set on the key. */
    POLICY,
    /** The key is erased. */
    RESET,
    /** The end. */
    END
  }

  /**
   * An entry of the session's log.
   *
   * @param number 1 for the first
   * @param message for the person at the station
   * @param touch whether the person must touch the key now
   */
  public record Entry(int number, Step step, Message message, boolean touch, Instant at) {}

  /**
   * What has become of a passkey in the session.
   *
   * @param active whether it is active
   * @param message how its enrolment ended
   */
  public record Result(long passkeyId, boolean active, Message message) {}

  private final String id;
  private final Actor by;
  private final @Nullable Long userId;
  private final PluggedKey plugged;
  private final Clock clock;
  private final Instant started;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private State state = State.RUNNING;
  private @Nullable Long keyId;
  private @Nullable Instant ended;
  private @Nullable OpenKey openKey;
  private boolean cancelled;
  private Optional<String> address = Optional.empty();

  /**
   * @param userId whose key it is to be; null if the key is only reset
   */
  KeySession(String id, Actor by, @Nullable Long userId, PluggedKey plugged, Clock clock) {
    this.id = id;
    this.by = by;
    this.userId = userId;
    this.plugged = plugged;
    this.clock = clock;
    this.started = clock.instant();
  }

  /** Identifier; hard to guess. */
  public String id() {
    return id;
  }

  /** Who started it. */
  public Actor by() {
    return by;
  }

  /** Whose key it is; empty if the key is only reset. */
  public Optional<Long> userId() {
    return Optional.ofNullable(userId);
  }

  /** The request that started it came from there. */
  void comesFrom(Optional<String> caller) {
    address = caller;
  }

  /** Who tries PINs in it. */
  PinAttempts.Attempt attempt() {
    return new PinAttempts.Attempt(by, address, userId());
  }

  /** Whether the owner of the key does it, without an operator. */
  boolean isOwners() {
    return by.kind() == Actor.Kind.OWNER;
  }

  long owner() {
    return userId().orElseThrow();
  }

  /** The key at the station. */
  public PluggedKey plugged() {
    return plugged;
  }

  /** When it began. */
  public Instant started() {
    return started;
  }

  /** Where it stands. */
  public synchronized State state() {
    return state;
  }

  /** The key in the inventory, once it is known. */
  public synchronized Optional<Long> keyId() {
    return Optional.ofNullable(keyId);
  }

  /** When it ended. */
  public synchronized Optional<Instant> ended() {
    return Optional.ofNullable(ended);
  }

  /** All that has happened, in order. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The passkeys that were written or tried. */
  public synchronized List<Result> results() {
    return List.copyOf(results);
  }

  /** Calls {@code watcher} after each change, on the changing thread; it must return quickly. */
  public void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  /** Stops calling {@code watcher}. */
  public void unwatch(Runnable watcher) {
    watchers.remove(watcher);
  }

  /** Ends it at the next possible point; a wait for a touch ends at once. */
  public void cancel() {
    OpenKey key;
    synchronized (this) {
      cancelled = true;
      key = openKey;
    }
    if (key != null) {
      key.cancel();
    }
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  void opened(OpenKey key) {
    boolean late;
    synchronized (this) {
      openKey = key;
      late = cancelled;
    }
    if (late) {
      key.cancel();
    }
  }

  synchronized void closed() {
    openKey = null;
  }

  synchronized void recognised(long key) {
    keyId = key;
  }

  /** Adds an entry, unless it would repeat the last one. */
  void say(Step step, Message message) {
    if (!Optional.of(message).equals(lastMessage())) {
      add(step, message, false);
    }
  }

  private synchronized Optional<Message> lastMessage() {
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(entries.get(entries.size() - 1).message());
  }

  /**
   * Asks for a touch, once until something else has happened: keys repeat it many times a second.
   */
  void askForTouch(Step step) {
    if (!waitsForTouch()) {
      add(step, Message.of(SessionMessage.TOUCH), true);
    }
  }

  void result(Result result) {
    synchronized (this) {
      results.add(result);
    }
    say(
        Step.ENROL,
        result.active()
            ? Message.of(SessionMessage.PASSKEY_ACTIVE)
            : Message.of(SessionMessage.PASSKEY_FAILED, result.message()));
  }

  /** In one step, so that a reader who sees the end sees the reason. */
  void end(State how, Message message) {
    synchronized (this) {
      state = how;
      ended = clock.instant();
      append(Step.END, message, false);
    }
    watchers.forEach(Runnable::run);
  }

  private synchronized boolean waitsForTouch() {
    return !entries.isEmpty() && entries.get(entries.size() - 1).touch();
  }

  private void add(Step step, Message message, boolean touch) {
    append(step, message, touch);
    watchers.forEach(Runnable::run);
  }

  private synchronized void append(Step step, Message message, boolean touch) {
    entries.add(new Entry(entries.size() + 1, step, message, touch, clock.instant()));
  }
}
