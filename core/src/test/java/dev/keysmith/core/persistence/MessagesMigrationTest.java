package dev.keysmith.core.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.harness.PostgreSql;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.message.MessageConverter;
import dev.keysmith.core.platform.Configuration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sentences that older versions have stored are kept, and those that are known get their codes. */
class MessagesMigrationTest {

  private static final String WHEN = "timestamp with time zone '2026-01-31 09:00:00+00'";

  @Test
  void keepsSentencesOnH2() throws Exception {
    keepsSentences(
        database("jdbc:h2:mem:messages-migration;DB_CLOSE_DELAY=-1"),
        "set referential_integrity false");
  }

  @Test
  @Tag("postgresql")
  void keepsSentencesOnPostgreSql() throws Exception {
    PostgreSql.started().execute("create database messages_test owner keysmith");
    PostgreSql.started().execute("grant set on parameter session_replication_role to keysmith");
    keepsSentences(
        database(PostgreSql.started().url().replaceFirst("/keysmith$", "/messages_test")),
        "set session_replication_role = replica");
  }

  private static void keepsSentences(DataSource database, String withoutReferences)
      throws SQLException {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:db/migration")
        .target("20")
        .load()
        .migrate();
    String odd = "Say \"please\" at C:\\okta,\n\tthen \u2019again\u2019.";
    try (Connection connection = database.getConnection()) {
      connection.createStatement().execute(withoutReferences);
      insert(
          connection,
          "insert into parked_event (id, type, payload, recorded, parked, attempts, reason)"
              + " values ('e', 't', '{}', WHEN, WHEN, 1, ?)",
          odd);
      insert(
          connection,
          "insert into workflow_run (id, workflow_id, user_id, cause, decision, reason, decided)"
              + " values (1, 1, 1, 'c', 'SKIPPED', ?, WHEN)",
          "The user is in none of the workflow's groups.");
      insert(
          connection,
          "insert into import_run_line (id, run_id, line, user_key, problem)"
              + " values (1, 1, 4, 'u', ?)",
          "The same as line 2.");
    }

    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:db/migration")
        .target("21")
        .load()
        .migrate();

    assertThat(read(database, "select reason from parked_event"))
        .isEqualTo(new Message("server.earlier", Map.of("text", odd.replace('\t', ' '))));
    assertThat(read(database, "select reason from workflow_run"))
        .isEqualTo(new Message("reason.no-group", Map.of()));
    assertThat(read(database, "select problem from import_run_line"))
        .isEqualTo(new Message("import-line.repeated", Map.of("line", 2L)));
  }

  private static void insert(Connection connection, String statement, String text)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(statement.replace("WHEN", WHEN))) {
      insert.setString(1, text);
      insert.executeUpdate();
    }
  }

  private static Message read(DataSource database, String query) throws SQLException {
    try (Connection connection = database.getConnection();
        ResultSet found = connection.createStatement().executeQuery(query)) {
      found.next();
      return new MessageConverter().convertToEntityAttribute(found.getString(1));
    }
  }

  private static DataSource database(String url) {
    Map<String, String> settings = Map.of("keysmith.database.url", url);
    return new ConfiguredDataSource(
        new Configuration(key -> Optional.ofNullable(settings.get(key))));
  }
}
