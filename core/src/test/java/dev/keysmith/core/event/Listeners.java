package dev.keysmith.core.event;

import dev.keysmith.core.event.EventsTest.SomethingHappened;
import dev.keysmith.core.event.EventsTest.SomethingSlow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Two observers: the first fails when told so, the second never. */
@ApplicationScoped
class Listeners {

  private final List<SomethingHappened> first = new CopyOnWriteArrayList<>();
  private final List<SomethingHappened> second = new CopyOnWriteArrayList<>();
  private final BlockingQueue<SomethingHappened> heard = new LinkedBlockingQueue<>();
  private volatile CountDownLatch slowOnes = new CountDownLatch(0);
  private volatile @Nullable RuntimeException failure;
  private volatile boolean always;
  private volatile boolean sawTransaction;

  @Inject TransactionSynchronizationRegistry transactions;

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  void reset() {
    first.clear();
    heard.clear();
    slowOnes = new CountDownLatch(0);
    second.clear();
    failure = null;
    always = false;
    sawTransaction = false;
  }

  void failNext(RuntimeException with) {
    failure = with;
    always = false;
  }

  void failAlways(RuntimeException with) {
    failure = with;
    always = true;
  }

  void hearFirst(@Observes SomethingHappened event) {
    sawTransaction |= transactions.getTransactionKey() != null;
    RuntimeException now = failure;
    if (now != null) {
      failure = always ? now : null;
      throw now;
    }
    first.add(event);
    heard.add(event);
  }

  void hearSlow(@Observes SomethingSlow event) throws InterruptedException {
    slowOnes.await();
  }

  /** From now on slow events are being heard until the latch says otherwise. */
  void holdSlowOnes(CountDownLatch latch) {
    slowOnes = latch;
  }

  /** Whether another event is heard soon. */
  boolean isHeard() throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS) != null;
  }

  void hearSecond(@Observes SomethingHappened event) {
    second.add(event);
  }

  List<SomethingHappened> first() {
    return first;
  }

  List<SomethingHappened> second() {
    return second;
  }

  boolean sawTransaction() {
    return sawTransaction;
  }

  /** Leaves the queue as a process does that is killed while it delivers. */
  int pickedBy(String node) {
    return entities
        .createNativeQuery("update scheduled_tasks set picked = true, picked_by = ?1")
        .setParameter(1, node)
        .executeUpdate();
  }
}
