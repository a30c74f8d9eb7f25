package dev.keysmith.core.directory;

import dev.keysmith.core.event.EventParked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Ends imports whose event was given up: nobody would ever go on with them. */
@ApplicationScoped
class ParkedImports {

  @Inject ImportSteps steps;
  @Inject Imports imports;
  @Inject LiveImports live;
  @Inject TransactionSynchronizationRegistry transactions;

  void end(@Observes EventParked parked) {
    if (parked.event() instanceof ImportRequested request) {
      steps.fail(
          request.importId(),
          "The import failed again and again and was given up. Import again once the cause is"
              + " gone. The cause: "
              + parked.reason());
      imports
          .lookUp(request.importId())
          .map(ImportProgress::of)
          .ifPresent(progress -> afterCommit(() -> live.publish(progress)));
    }
  }

  private void afterCommit(Runnable action) {
    transactions.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // Nothing is left to do.
          }

          @Override
          public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
              action.run();
            }
          }
        });
  }
}
