package dev.keysmith.core.event;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.keysmith.core.platform.AfterCommit;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The durable log of what has happened.
 *
 * <p>An event is recorded in the transaction of the change that it speaks of. After the commit it
 * is fired as a CDI event, outside any transaction, on a thread of its own; again after a failure
 * or a crash until every observer has succeeded. So observers may see an event twice and are safe
 * to repeat; they see events in no particular order.
 */
@ApplicationScoped
public class Events {

  @Inject DataSource dataSource;
  @Inject TransactionSynchronizationRegistry transactions;
  @Inject Clock clock;
  @Inject EventTypes types;
  @Inject Delivery delivery;
  @Inject Dispatcher dispatcher;
  @Inject AfterCommit afterCommit;

  private SchedulerClient queue;

  @PostConstruct
  void open() {
    queue =
        SchedulerClient.Builder.create(dataSource, delivery.tasks())
            .serializer(new EventJson())
            .build();
  }

  /**
   * Adds an event, which the caller's transaction commits or rolls back.
   *
   * @param event a record with {@link EventType}
   * @return delivery id, by which it is found if it becomes a dead letter
   */
  @Transactional(TxType.MANDATORY)
  public String record(Record event) {
    return recordAll(List.of(event)).get(0);
  }

  /**
   * Adds an event that is delivered at a time, not at once.
   *
   * @param due when, at the earliest
   */
  @Transactional(TxType.MANDATORY)
  public void recordFor(Instant due, Record event) {
    TaskInstance<Envelope> instance = instance(event, clock.instant());
    if (isObserved(instance.getData())) {
      queue.scheduleBatch(List.<TaskInstance<?>>of(instance), due);
    }
  }

  /**
   * Adds many events at the price of few statements.
   *
   * @return delivery ids, in the order of the events
   */
  @Transactional(TxType.MANDATORY)
  public List<String> recordAll(List<? extends Record> events) {
    Instant now = clock.instant();
    List<TaskInstance<?>> observed =
        events.stream().<TaskInstance<?>>map(event -> instance(event, now)).toList();
    queue.scheduleBatch(
        observed.stream().filter(each -> isObserved((Envelope) each.getData())).toList(), now);
    deliverAfterCommit();
    return observed.stream().map(TaskInstance::getId).toList();
  }

  void again(String id, Envelope envelope) {
    queue.scheduleBatch(
        List.<TaskInstance<?>>of(delivery.of(envelope).instance(id, envelope)), clock.instant());
    deliverAfterCommit();
  }

  private TaskInstance<Envelope> instance(Record event, Instant now) {
    Envelope envelope =
        new Envelope(EventTypes.nameOf(event.getClass()), now, EventJson.write(event));
    return delivery.of(envelope).instance(UUID.randomUUID().toString(), envelope);
  }

  /** An event without an observer is delivered as soon as it is recorded. */
  private boolean isObserved(Envelope envelope) {
    return types.find(envelope.type()).isPresent();
  }

  private void deliverAfterCommit() {
    afterCommit.run(dispatcher::wake);
  }
}
