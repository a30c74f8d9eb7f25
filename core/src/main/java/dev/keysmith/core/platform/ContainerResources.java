package dev.keysmith.core.platform;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.concurrent.ExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * The resources that the server asks of its container.
 *
 * <p>The three properties of the data source make the pool notice that the database was restarted;
 * without them every request fails from then on.
 */
@DataSourceDefinition(
    name = "java:app/jdbc/keysmith",
    className = "dev.keysmith.core.persistence.ConfiguredDataSource",
    minPoolSize = 1,
    maxPoolSize = 20,
    transactional = true,
    properties = {
      "fish.payara.is-connection-validation-required=true",
      "fish.payara.connection-validation-method=auto-commit",
      "fish.payara.fail-all-connections=true"
    })
@Dependent
public class ContainerResources {

  /** Enlisted in the transaction of the caller. */
  @Produces
  public DataSource dataSource() {
    return look("java:app/jdbc/keysmith", DataSource.class);
  }

  /** Runs what observes events, with the context of the application. */
  @Produces
  public ExecutorService executor() {
    return look("java:comp/DefaultManagedExecutorService", ManagedExecutorService.class);
  }

  /** Tells of the end of the caller's transaction. */
  @Produces
  public TransactionSynchronizationRegistry transactions() {
    return look(
        "java:comp/TransactionSynchronizationRegistry", TransactionSynchronizationRegistry.class);
  }

  /** By name and late: while the application starts, the container cannot inject these yet. */
  private static <T> T look(String name, Class<T> type) {
    try {
      return type.cast(InitialContext.doLookup(name));
    } catch (NamingException e) {
      throw new IllegalStateException("The container has no " + name, e);
    }
  }
}
