package dev.keysmith.core.event;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs tasks on the container's threads, and ends without ending these. */
final class BorrowedExecutor extends AbstractExecutorService {

  private final ExecutorService lender;
  private final Phaser running = new Phaser(1);
  private volatile boolean shutdown;

  BorrowedExecutor(ExecutorService lender) {
    this.lender = lender;
  }

  @Override
  public void execute(Runnable task) {
    if (shutdown) {
      throw new java.util.concurrent.RejectedExecutionException("The server is stopping");
    }
    running.register();
    try {
      lender.execute(() -> run(task));
    } catch (RuntimeException e) {
      running.arriveAndDeregister();
      throw e;
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      running.arriveAndDeregister();
    }
  }

  @Override
  public void shutdown() {
    if (!shutdown) {
      shutdown = true;
      running.arriveAndDeregister();
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return running.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    try {
      running.awaitAdvanceInterruptibly(0, timeout, unit);
      return true;
    } catch (TimeoutException e) {
      return isTerminated();
    }
  }
}
