package dev.keysmith.core.harness;

import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.Synchronization;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.weld.injection.spi.JpaInjectionServices;
import org.jboss.weld.injection.spi.ResourceReference;
import org.jboss.weld.injection.spi.ResourceReferenceFactory;

/** Injects entity managers that live as long as the transaction, as a server does. */
final class TransactionEntityManagers implements JpaInjectionServices {

  private final TestDatabase database;

  private final AtomicReference<Throwable> broken = new AtomicReference<>();

  TransactionEntityManagers(TestDatabase database) {
    this.database = database;
  }

  @Override
  public ResourceReferenceFactory<EntityManager> registerPersistenceContextInjectionPoint(
      InjectionPoint point) {
    EntityManager shared =
        (EntityManager)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> {
                  Throwable error = broken.getAndSet(null);
                  if (error != null) {
                    throw error;
                  }
                  try {
                    return method.invoke(current(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return () -> new Lent<>(shared);
  }

  @Override
  public ResourceReferenceFactory<EntityManagerFactory> registerPersistenceUnitInjectionPoint(
      InjectionPoint point) {
    return () -> new Lent<>(database.entities);
  }

  @Override
  public void cleanup() {
    // The database outlives the container.
  }

  /** The next use of an entity manager throws this. */
  void breakWith(Throwable error) {
    broken.set(error);
  }

  EntityManager current() {
    if (database.registry.getTransactionKey() == null) {
      return database.entities.createEntityManager();
    }
    EntityManager present = (EntityManager) database.registry.getResource(this);
    return present == null ? opened() : present;
  }

  private EntityManager opened() {
    EntityManager entities = database.entities.createEntityManager();
    database.registry.putResource(this, entities);
    database.registry.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // EclipseLink flushes by itself.
          }

          @Override
          public void afterCompletion(int status) {
            entities.close();
          }
        });
    return entities;
  }

  private record Lent<T>(T getInstance) implements ResourceReference<T> {
    @Override
    public void release() {
      // Lives as long as the transaction.
    }
  }
}
