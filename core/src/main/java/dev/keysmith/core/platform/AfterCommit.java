package dev.keysmith.core.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.IntConsumer;

/** Runs what depends on how the caller's transaction ends. */
@ApplicationScoped
public class AfterCommit {

  @Inject TransactionSynchronizationRegistry transactions;

  /** Runs once the transaction of the caller is committed; not if it is rolled back. */
  public void run(Runnable action) {
    onceEnded(
        status -> {
          if (status == Status.STATUS_COMMITTED) {
            action.run();
          }
        });
  }

  /** Runs once the transaction of the caller has ended without a commit. */
  public void otherwise(Runnable action) {
    onceEnded(
        status -> {
          if (status != Status.STATUS_COMMITTED) {
            action.run();
          }
        });
  }

  private void onceEnded(IntConsumer action) {
    transactions.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // Nothing is left to do.
          }

          @Override
          public void afterCompletion(int status) {
            action.accept(status);
          }
        });
  }
}
