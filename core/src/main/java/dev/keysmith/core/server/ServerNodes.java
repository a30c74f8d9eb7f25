package dev.keysmith.core.server;

import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.platform.Configuration;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;

/**
 * The servers that share the database and run now. Each notes every ten seconds that it does, and
 * then does what else is due at these times.
 */
@ApplicationScoped
public class ServerNodes {

  /** How often a server notes that it runs. */
  static final Duration PERIOD = Duration.ofSeconds(10);

  private static final Logger LOG = System.getLogger(ServerNodes.class.getName());

  @Inject ExecutorService executor;
  @Inject Configuration configuration;
  @Inject NodeTable table;

  private final List<Runnable> duties = new CopyOnWriteArrayList<>();
  private volatile List<String> present = List.of();
  private boolean stopped;

  /** The names of the servers that run, this one included, as of some seconds ago. */
  public List<String> present() {
    List<String> all = new ArrayList<>(present);
    if (!all.contains(configuration.node())) {
      all.add(configuration.node());
    }
    return List.copyOf(all);
  }

  /** Adds work that is done every ten seconds from now on, on a thread of the server's. */
  public void eachTime(Runnable duty) {
    duties.add(duty);
  }

  void start(@Observes ServerStarted started) {
    executor.execute(() -> NamedCaller.SERVER.run(this::runUntilStopped));
  }

  private void runUntilStopped() {
    do {
      attempt(() -> present = table.note(configuration.node()));
      duties.forEach(ServerNodes::attempt);
    } while (waitForNext());
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "What is due every ten seconds failed; it is tried again", e);
    }
  }

  private synchronized boolean waitForNext() {
    long end = System.nanoTime() + PERIOD.toNanos();
    try {
      for (long left = PERIOD.toMillis(); left > 0 && !stopped; ) {
        wait(left);
        left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
    return !stopped;
  }

  void stop(@Observes ServerStopping stopping) {
    end();
    NamedCaller.SERVER.run(() -> attempt(() -> table.remove(configuration.node())));
  }

  @PreDestroy
  synchronized void end() {
    stopped = true;
    notifyAll();
  }
}
