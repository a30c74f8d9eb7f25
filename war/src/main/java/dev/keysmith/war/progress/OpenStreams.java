package dev.keysmith.war.progress;

import dev.keysmith.core.problem.ProblemException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The streams that are open on this node: so many in total, and so many of each caller. */
final class OpenStreams {

  static final int MAX_STREAMS = 200;
  static final int MAX_OF_A_CALLER = 20;

  private final Executor executor;
  private final Clock clock;
  private final Set<Open> open = new HashSet<>();

  OpenStreams(Executor executor, Clock clock) {
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * Opens a stream, which tells the present state at once.
   *
   * @throws ProblemException {@code TOO_MANY} if there are too many, of this caller or of all
   */
  void open(Channel channel, CallerRight right, Work work) {
    Open stream = new Open(right.caller(), new ProgressStream(channel, right, work, clock));
    add(stream);
    try {
      stream.watched(work.watch(stream::lookSoon));
    } catch (RuntimeException e) {
      remove(stream);
      throw e;
    }
    stream.lookSoon();
  }

  private synchronized void add(Open stream) {
    long own = open.stream().filter(each -> each.caller.equals(stream.caller)).count();
    if (own >= MAX_OF_A_CALLER) {
      throw ProblemException.tooMany(ProgressMessage.TOO_MANY_OF_YOURS, own);
    }
    if (open.size() >= MAX_STREAMS) {
      throw ProblemException.tooMany(ProgressMessage.TOO_MANY);
    }
    open.add(stream);
  }

  private synchronized void remove(Open stream) {
    open.remove(stream);
  }

  private synchronized List<Open> all() {
    return List.copyOf(open);
  }

  /** Has each stream do what is due by time alone: signs of life, rights that have ended. */
  void passTime() {
    all().stream().filter(each -> each.stream.isDue()).forEach(Open::lookSoon);
  }

  /** Whether none is open. */
  synchronized boolean isEmpty() {
    return open.isEmpty();
  }

  /** A stream, and what ends with it. */
  private final class Open {
    private final String caller;
    private final ProgressStream stream;
    private final AtomicBoolean waits = new AtomicBoolean();
    private Runnable stopWatching = () -> {};
    private boolean over;

    Open(String caller, ProgressStream stream) {
      this.caller = caller;
      this.stream = stream;
    }

    /** The work may have come to its end while the watch began. */
    synchronized void watched(Runnable stop) {
      stopWatching = stop;
      if (over) {
        stop.run();
      }
    }

    private void end() {
      remove(this);
      synchronized (this) {
        over = true;
        stopWatching.run();
      }
    }

    /**
     * Changes that come faster than they can be told are told together. Without a thread for a
     * look, the next change or sign of life makes up for it.
     */
    void lookSoon() {
      if (waits.compareAndSet(false, true)) {
        try {
          executor.execute(this::look);
        } catch (RejectedExecutionException e) {
          waits.set(false);
        }
      }
    }

    private void look() {
      waits.set(false);
      boolean goesOn = false;
      try {
        goesOn = stream.look();
      } finally {
        if (!goesOn) {
          end();
        }
      }
    }
  }
}
