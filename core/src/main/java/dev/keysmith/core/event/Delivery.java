package dev.keysmith.core.event;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.keysmith.core.access.NamedCaller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fires recorded events at their observers. */
@ApplicationScoped
class Delivery {

  static final String TASK = "deliver-event";

  private static final Logger LOG = System.getLogger(Delivery.class.getName());

  private final Waiters waiters = new Waiters();
  private final CustomTask<Envelope> task =
      Tasks.custom(TASK, Envelope.class)
          .onFailure((attempt, queued) -> NamedCaller.SERVER.run(() -> failed(attempt, queued)))
          .execute(
              (instance, context) ->
                  NamedCaller.SERVER.call(() -> deliver(instance.getId(), instance.getData())));

  @Inject BeanManager beans;
  @Inject EventTypes types;
  @Inject Parking parking;
  @Inject Clock clock;

  CustomTask<Envelope> task() {
    return task;
  }

  Waiters waiters() {
    return waiters;
  }

  private CompletionHandler<Envelope> deliver(String id, Envelope envelope) {
    Class<? extends Record> type =
        types.find(envelope.type()).orElseThrow(() -> new UnknownEventException(envelope.type()));
    try {
      fire(EventJson.read(envelope.payload(), type));
    } catch (PostponedException e) {
      return (attempt, queued) -> queued.reschedule(attempt, clock.instant().plus(e.pause()));
    }
    waiters.delivered(id);
    return new OnCompleteRemove<>();
  }

  /** Every observer hears of it, also when another one fails; then all of them again. */
  private void fire(Record event) {
    RuntimeException failure = null;
    for (ObserverMethod<? super Record> observer : beans.resolveObserverMethods(event)) {
      try {
        observer.notify(event);
      } catch (RuntimeException e) {
        failure = first(failure, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static RuntimeException first(@Nullable RuntimeException first, RuntimeException next) {
    if (first == null || first instanceof PostponedException) {
      return next;
    }
    if (first != next) {
      first.addSuppressed(next);
    }
    return first;
  }

  private void failed(ExecutionComplete attempt, ExecutionOperations<Envelope> queued) {
    Execution execution = attempt.getExecution();
    Throwable failure = attempt.getCause().orElseGet(() -> new IllegalStateException("No cause"));
    int attempts = execution.consecutiveFailures + 1;
    Envelope envelope = (Envelope) execution.taskInstance.getData();
    Optional<Instant> next =
        failure instanceof UnknownEventException
            ? Optional.empty()
            : Backoff.next(attempts, failure, clock.instant());
    if (next.isPresent()) {
      log(Level.INFO, envelope, attempts, "next attempt at " + next.get(), failure);
      queued.reschedule(attempt, next.get());
    } else {
      log(Level.ERROR, envelope, attempts, "parked; an operator can retry or discard it", failure);
      String reason = Reasons.of(failure);
      parking.park(
          new ParkedEvent(execution.getId(), envelope, clock.instant(), attempts, reason),
          execution);
    }
  }

  private static void log(
      Level level, Envelope envelope, int attempts, String then, Throwable failure) {
    LOG.log(
        level,
        "Event %s %s failed, attempt %d: %s"
            .formatted(envelope.type(), envelope.payload(), attempts, then),
        failure);
  }
}
