package dev.keysmith.core.plugin.guard;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which the calls of one plugin run. Idle ones are used again, and then end. */
final class ForeignThreads {

  private static final int MOST = 256;
  private static final long IDLE_SECONDS = 30;

  private final AtomicInteger number = new AtomicInteger();
  private final String plugin;
  private final ThreadPoolExecutor threads;

  ForeignThreads(String plugin) {
    this.plugin = plugin;
    threads =
        new ThreadPoolExecutor(
            0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
  }

  /** A daemon, which keeps the server from nothing, and takes over nothing of the caller's. */
  private Thread thread(Runnable body) {
    String name = "plugin-" + plugin + "-" + number.incrementAndGet();
    Thread thread = new Thread(null, body, name, 0, false);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs it at once.
   *
   * @throws RejectedExecutionException if too many run
   */
  void execute(Runnable call) {
    threads.execute(call);
  }
}
