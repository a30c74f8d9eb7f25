package dev.keysmith.core.harness;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import dev.keysmith.core.persistence.Schema;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A database with the tables of the server, and transactions: H2 in memory; PostgreSQL, started for
 * the run, if {@code keysmith.test.database} is {@code postgresql}; or what the system properties
 * {@code keysmith.test.database.url, .user, .password} name.
 */
final class TestDatabase {

  final TransactionManager transactions;
  final TransactionSynchronizationRegistry registry = new TransactionSynchronizationRegistryImple();
  final AgroalDataSource dataSource;
  final EntityManagerFactory entities;

  TestDatabase() throws SQLException {
    for (String store : new String[] {null, "communicationStore", "stateStore"}) {
      BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
          .setObjectStoreType(VolatileStore.class.getName());
    }
    transactions = com.arjuna.ats.jta.TransactionManager.transactionManager();
    dataSource = pool();
    Schema.migrate(dataSource);
    entities =
        Persistence.createEntityManagerFactory(
            "keysmith",
            Map.of(
                "jakarta.persistence.jtaDataSource",
                dataSource,
                "eclipselink.target-server",
                NarayanaPlatform.class.getName(),
                "eclipselink.logging.level",
                "WARNING"));
  }

  private AgroalDataSource pool() throws SQLException {
    String url = url();
    String user = System.getProperty("keysmith.test.database.user", "keysmith");
    String password = System.getProperty("keysmith.test.database.password", "");
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(20)
                        .transactionIntegration(
                            new NarayanaTransactionIntegration(transactions, registry))
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .jdbcUrl(url)
                                    .principal(new NamePrincipal(user))
                                    .credential(new SimplePassword(password)))));
  }

  private static String url() {
    String url = System.getProperty("keysmith.test.database.url");
    if (url != null) {
      return url;
    }
    return switch (System.getProperty("keysmith.test.database", "h2")) {
      case "h2" -> "jdbc:h2:mem:keysmith;DB_CLOSE_DELAY=-1";
      case "postgresql" -> PostgreSql.started().url();
      default -> throw new IllegalArgumentException("keysmith.test.database: h2 or postgresql");
    };
  }

  /** Empties every table but Flyway's. */
  void clear() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      List<String> tables = tables(connection);
      if (!connection.getMetaData().getDatabaseProductName().equals("H2")) {
        statement.execute("truncate table " + String.join(", ", tables));
        return;
      }
      statement.execute("set referential_integrity false");
      for (String table : tables) {
        statement.execute("truncate table " + table);
      }
      statement.execute("set referential_integrity true");
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(),
                connection.getSchema(),
                null,
                new String[] {"TABLE", "BASE TABLE"})) {
      while (found.next()) {
        String name = found.getString("TABLE_NAME");
        if (!name.startsWith("flyway")) {
          tables.add(name);
        }
      }
    }
    return tables;
  }
}
