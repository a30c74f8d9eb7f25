package dev.keysmith.core.event;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.message.Message;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fires recorded events at their observers. */
@ApplicationScoped
class Delivery {

  private static final Logger LOG = System.getLogger(Delivery.class.getName());

  private final CustomTask<Envelope> quick = task("deliver-event");
  private final CustomTask<Envelope> slow = task("deliver-slow-event");

  @Inject BeanManager beans;
  @Inject EventTypes types;
  @Inject DeadLetterWriter writer;
  @Inject Clock clock;

  private CustomTask<Envelope> task(String name) {
    return Tasks.custom(name, Envelope.class)
        .onFailure((attempt, queued) -> NamedCaller.SERVER.run(() -> failed(attempt, queued)))
        .execute((instance, context) -> NamedCaller.SERVER.call(() -> deliver(instance.getData())));
  }

  /** Delivers events whose observers do not wait for others. */
  CustomTask<Envelope> quick() {
    return quick;
  }

  /** Delivers the others, see {@link EventType#slow}. */
  CustomTask<Envelope> slow() {
    return slow;
  }

  List<Task<?>> tasks() {
    return List.of(quick, slow);
  }

  /** The task that delivers events of a type; the quick one for a type without an observer. */
  CustomTask<Envelope> of(Envelope envelope) {
    return types.find(envelope.type()).filter(EventTypes::isSlow).isPresent() ? slow : quick;
  }

  private CompletionHandler<Envelope> deliver(Envelope envelope) {
    Class<? extends Record> type =
        types.find(envelope.type()).orElseThrow(() -> new UnknownEventException(envelope.type()));
    try {
      fire(EventJson.read(envelope.payload(), type));
    } catch (PostponedException e) {
      return (attempt, queued) -> queued.reschedule(attempt, clock.instant().plus(e.pause()));
    }
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
      log(
          Level.ERROR,
          envelope,
          attempts,
          "given up; an operator can retry or discard it",
          failure);
      Message reason = Reasons.of(failure);
      writer.giveUp(
          new DeadLetter(execution.getId(), envelope, clock.instant(), attempts, reason),
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
