package dev.keysmith.station.connection;

import dev.keysmith.station.connection.Ending.Kind;
import dev.keysmith.station.desk.Desk;
import dev.keysmith.station.home.Pairing;
import dev.keysmith.station.platform.Sources;
import dev.keysmith.station.server.Faults;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps a link to each of the servers that share a database, which are behind one address. */
public final class Links implements AutoCloseable {

  /** How often it looks whether there are new servers. */
  static final Duration LOOK_AROUND = Duration.ofMinutes(1);

  /** After what a person must mend. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** After another program took the place. */
  static final Duration REPLACED = Duration.ofMinutes(1);

  /** A link that lived for so long was a good one. */
  static final Duration GOOD = Duration.ofMinutes(1);

  /** The time in which keys are given back when the program ends. */
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private static final Logger LOG = System.getLogger(Links.class.getName());

  private final Pairing pairing;
  private final Desk desk;
  private final Function<WebSocket.Listener, CompletableFuture<WebSocket>> connector;
  private final Sources sources;
  private final Nodes nodes = new Nodes();
  private final Backoff failures;
  private final Backoff search;
  private final Semaphore wake = new Semaphore(0);
  private final ConcurrentLinkedQueue<Duration> pausesAfterEnds = new ConcurrentLinkedQueue<>();
  private final List<LiveLink> live = new CopyOnWriteArrayList<>();
  private final ExecutorService executor = Executors.newCachedThreadPool(Links::thread);
  private final SleepWatch sleep;
  private volatile @Nullable Connection attempt;
  private volatile String problem = "";
  private volatile boolean closed;

  /** Without a connection yet. */
  public Links(
      Pairing pairing,
      Desk desk,
      Function<WebSocket.Listener, CompletableFuture<WebSocket>> connector,
      Sources sources) {
    this.pairing = pairing;
    this.desk = desk;
    this.connector = connector;
    this.sources = sources;
    this.failures = new Backoff(sources.random());
    this.search = new Backoff(sources.random());
    this.sleep = new SleepWatch(sources);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "keysmith-channel");
    thread.setDaemon(true);
    return thread;
  }

  /** The links that are live. */
  public List<LiveLink> live() {
    return List.copyOf(live);
  }

  /** Why there is no link; empty if there is one. */
  public String problem() {
    return live.isEmpty() ? problem : "";
  }

  /** Connects, and connects again, until this is closed. */
  public void run() throws InterruptedException {
    while (!closed) {
      sources.pauses().await(wake, look());
      pauseAfterEnds();
    }
  }

  /** A link that ended decides when to look for another. */
  private void pauseAfterEnds() throws InterruptedException {
    Duration pause = Duration.ZERO;
    for (boolean more = true; more && !closed; ) {
      for (Duration each = pausesAfterEnds.poll(); each != null; each = pausesAfterEnds.poll()) {
        pause = each.compareTo(pause) > 0 ? each : pause;
      }
      more = !pause.isZero();
      if (more) {
        wake.drainPermits();
        if (!closed) {
          sources.pauses().await(wake, pause);
        }
        pause = Duration.ZERO;
      }
    }
  }

  /** One attempt; returns the pause after it. */
  private Duration look() throws InterruptedException {
    Connection connection =
        new Connection(pairing, nodes, desk, new ChannelThreads(executor, sources.nanos()));
    attempt = connection;
    if (closed) {
      connection.end(new Ending(Kind.CLOSED, ""), 0);
    }
    connector
        .apply(connection.listener())
        .whenComplete(
            (socket, fault) -> {
              if (fault != null) {
                connection.end(new Ending(Kind.LOST, Faults.inWords(fault)), 0);
              }
            });
    boolean isLive = connection.settled().join();
    Duration pause = isLive ? begin(connection) : fail(connection.ended().join());
    attempt = null;
    return pause;
  }

  private Duration begin(Connection connection) {
    LiveLink link =
        new LiveLink(
            connection,
            connection.node(),
            connection.server(),
            sources.clock().instant(),
            sources.nanos().getAsLong());
    live.add(link);
    LOG.log(Level.INFO, "Linked with {0}, server {1}.", pairing.server(), link.node());
    connection.ended().thenAccept(ending -> end(link, ending));
    search.reset();
    return pauseUntilNextLook();
  }

  private Duration fail(Ending ending) {
    if (ending.kind() == Kind.DUPLICATE) {
      return pauseUntilNextLook();
    }
    report(ending.words());
    return pauseAfter(ending);
  }

  private Duration pauseUntilNextLook() {
    return nodes.areMissing() ? search.next() : Backoff.jitter(LOOK_AROUND, sources.random());
  }

  private void end(LiveLink link, Ending ending) {
    live.remove(link);
    if (closed) {
      return;
    }
    long lived = sources.nanos().getAsLong() - link.begunNanos();
    boolean good = lived >= GOOD.toNanos() || ending.kind() == Kind.SLEPT;
    if (good) {
      failures.reset();
    }
    report("The link with server " + link.node() + " ended. " + ending.words());
    boolean atOnce = good && (ending.kind() == Kind.LOST || ending.kind() == Kind.SLEPT);
    pausesAfterEnds.add(atOnce ? Duration.ZERO : pauseAfter(ending));
    wake.release();
  }

  private Duration pauseAfter(Ending ending) {
    return switch (ending.kind()) {
      case NOT_PAIRED, VERSION -> PATIENCE;
      case REPLACED -> REPLACED;
      default -> failures.next();
    };
  }

  /** Says each problem once, however often it comes. */
  private void report(String words) {
    if (!words.equals(problem) && !closed) {
      LOG.log(Level.WARNING, words);
    }
    problem = words;
  }

  /** To be called every second or two. */
  public void beat() {
    boolean slept = sleep.hasSlept();
    for (Connection each : connections()) {
      if (slept) {
        each.end(new Ending(Kind.SLEPT, "This machine was asleep."), 0);
      } else {
        each.beat();
      }
    }
  }

  /** Those that are live, and the one that is being made. */
  List<Connection> connections() {
    List<Connection> all = new ArrayList<>();
    live.forEach(link -> all.add(link.connection()));
    Connection trying = attempt;
    if (trying != null) {
      all.add(trying);
    }
    return all;
  }

  /** Ends all links and gives all keys back. */
  @Override
  public void close() {
    closed = true;
    connections()
        .forEach(each -> each.end(new Ending(Kind.CLOSED, "This program ends."), Socket.NORMAL));
    wake.release();
    executor.shutdown();
    try {
      if (!executor.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "A security key was not given back in time.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
