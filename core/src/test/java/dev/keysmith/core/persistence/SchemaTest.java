package dev.keysmith.core.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.harness.PostgreSql;
import dev.keysmith.core.platform.Configuration;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes share PostgreSQL only: a file of H2 has one server. */
@Tag("postgresql")
class SchemaTest {

  @Test
  void isMadeOnceByNodesThatStartAtTheSameTime() throws Exception {
    PostgreSql.started().execute("create database schema_test owner keysmith");
    isMadeOnce(database(PostgreSql.started().url().replaceFirst("/keysmith$", "/schema_test")));
  }

  private static DataSource database(String url) {
    Map<String, String> settings = Map.of("keysmith.database.url", url);
    return new ConfiguredDataSource(
        new Configuration(key -> Optional.ofNullable(settings.get(key))));
  }

  private static void isMadeOnce(DataSource database) throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(3);
    try {
      Callable<Void> start =
          () -> {
            Schema.migrate(database);
            return null;
          };
      for (Future<Void> node : nodes.invokeAll(List.of(start, start, start))) {
        node.get();
      }
    } finally {
      nodes.shutdownNow();
    }
    assertThat(
            number(
                database,
                "select count(*) - count(distinct \"version\") from \"flyway_schema_history\""))
        .isZero();
    assertThat(number(database, "select count(*) from audit_entry")).isZero();
  }

  private static long number(DataSource database, String query) throws Exception {
    try (Connection connection = database.getConnection();
        ResultSet found = connection.createStatement().executeQuery(query)) {
      found.next();
      return found.getLong(1);
    }
  }
}
