package dev.keysmith.core.platform;

import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.concurrent.ExecutorService;
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
@ManagedExecutorDefinition(name = "java:app/concurrent/events", maxAsync = 8)
@Dependent
public class ContainerResources {

  @Resource(lookup = "java:app/jdbc/keysmith")
  DataSource dataSource;

  @Resource(lookup = "java:app/concurrent/events")
  ManagedExecutorService executor;

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  TransactionSynchronizationRegistry transactions;

  /** Enlisted in the transaction of the caller. */
  @Produces
  public DataSource dataSource() {
    return dataSource;
  }

  /** Runs what observes events, with the context of the application. */
  @Produces
  public ExecutorService executor() {
    return executor;
  }

  /** Tells of the end of the caller's transaction. */
  @Produces
  public TransactionSynchronizationRegistry transactions() {
    return transactions;
  }
}
