package dev.keysmith.core.harness;

import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.event.DeadLetters;
import dev.keysmith.core.event.TestDispatcher;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.seal.KeyRing;
import dev.keysmith.core.seal.SealingBegun;
import dev.keysmith.core.seal.TestMasterKey;
import dev.keysmith.spi.MovableClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Unmanaged;
import jakarta.persistence.EntityManager;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.weld.environment.se.Weld;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * The beans of core with a real database and real transactions. One container serves all tests of a
 * run; before each test the tables are emptied and the clock is set back.
 *
 * <pre>{@code
 * @RegisterExtension final Core core = new Core();
 *
 * @Test void importsAUser() {
 *   core.get(Users.class).add(...);   // beans by type
 *   core.deliver();                   // events, on this thread
 * }
 * }</pre>
 */
public final class Core implements BeforeEachCallback, InvocationInterceptor {

  private static final class Holder {
    private static final State STATE = State.start();
  }

  /** What the tests of a run share. */
  static final class State {
    final TestDatabase database;
    final MovableClock clock = new MovableClock();
    final ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "events");
              thread.setDaemon(true);
              return thread;
            });
    final Map<String, String> configuration = new ConcurrentHashMap<>();
    final Path data;
    final TransactionEntityManagers entities;
    final SeContainer beans;

    private State() throws Exception {
      data = Files.createTempDirectory("keysmith-test");
      TestMasterKey.create(data);
      database = new TestDatabase();
      Weld weld = new Weld().addExtension(new TestResources(this));
      entities = new TransactionEntityManagers(database);
      weld.addServices(entities);
      beans = weld.initialize();
    }

    private static State start() {
      try {
        return new State();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final State state = Holder.STATE;
  private boolean unnamed;

  /** The same for tests that say themselves for whom they call; others call as the server. */
  public Core unnamed() {
    unnamed = true;
    return this;
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation);
  }

  private void proceed(Invocation<Void> invocation) throws Throwable {
    if (unnamed) {
      invocation.proceed();
    } else {
      NamedCaller.SERVER.call(invocation::proceed);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    state.database.clear();
    state.clock.reset();
    state.configuration.clear();
    state.configuration.put("keysmith.data", state.data.toString());
    restart(KeyRing.class);
    restart(Throttle.class);
    restart(Refusals.class);
    beginSealing(SealingBegun.NOTHING);
    // A test may have stopped the server, and a station that was stopped watches nothing any more.
    restart(Station.class);
  }

  /** As at the first start with a database whose rows are sealed so far. */
  public void beginSealing(int already) throws Exception {
    inTransaction(
        () -> {
          state.beans.getBeanManager().getEvent().fire(new SealingBegun(already));
          return true;
        });
  }

  /** The bean of a type. */
  public <T> T get(Class<T> type) {
    return state.beans.select(type).get();
  }

  /** Makes the bean of a type anew when it is next used, as after a restart of the server. */
  public void restart(Class<?> type) {
    BeanManager beans = state.beans.getBeanManager();
    AlterableContext context = (AlterableContext) beans.getContext(ApplicationScoped.class);
    context.destroy(beans.resolve(beans.getBeans(type)));
  }

  /** Another bean of a type, as on another node; without interceptors, so without transactions. */
  public <T> T another(Class<T> type) {
    return new Unmanaged<>(state.beans.getBeanManager(), type)
        .newInstance()
        .produce()
        .inject()
        .postConstruct()
        .get();
  }

  /** The entity manager of the transaction, see {@link #inTransaction}. */
  public EntityManager entities() {
    return state.entities.current();
  }

  /** The clock that beans get. */
  public MovableClock clock() {
    return state.clock;
  }

  /** Ends the server's process, as its beans see it: the next use of the database throws this. */
  public void breakWith(Throwable end) {
    state.entities.breakWith(end);
  }

  /** Sets a configuration value, for this test. */
  public void configure(String key, String value) {
    state.configuration.put(key, value);
  }

  /** The directory of {@code keysmith.data}. */
  public Path data() {
    return state.data;
  }

  /** Delivers the events that are due, on this thread, until none is. */
  public void deliver() {
    try {
      get(TestDispatcher.class).deliver();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Delivers the events that come due within a time. */
  public void deliverAfter(Duration pause) {
    state.clock.advance(pause);
    deliver();
  }

  /** Delivers what is due, and what comes due after each retry, until an event is given up. */
  public void deliverUntilGivenUp() {
    for (int round = 0; round < 50; round++) {
      deliverAfter(Duration.ofMinutes(15));
      if (get(DeadLetters.class).count() > 0) {
        return;
      }
    }
    throw new AssertionError("No event was given up");
  }

  /** How many events wait for delivery. */
  public long queued() {
    try {
      return get(TestDispatcher.class).queued();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs in a transaction: committed at the end, rolled back on an exception, which is thrown. */
  public <T> T inTransaction(Callable<T> work) throws Exception {
    state.database.transactions.begin();
    boolean done = false;
    try {
      T result = work.call();
      done = true;
      return result;
    } finally {
      if (done) {
        state.database.transactions.commit();
      } else {
        state.database.transactions.rollback();
      }
    }
  }
}
