package dev.keysmith.core.scale;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Fills the tables with an organisation of 100,000 users, by a script that both databases run. */
final class Population {

  static final int USERS = 100_000;
  static final long INTEGRATION = 1_000_001;
  static final long FIRST_USER = 10_000_001;
  static final long EVERYBODY = 11_000_001;
  static final long TEAM = 11_000_007;
  static final long WORKFLOW = 50_000_001;
  static final long IMPORT = 60_000_001;
  static final long ASSIGNMENT = 80_000_001;

  private static final Pattern RANGE = Pattern.compile("\\{(\\d+)\\.\\.(\\d+)}");

  private Population() {}

  static void settle(DataSource database, Instant now) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
      String range = h2 ? "(select x as n from system_range($1, $2))" : "generate_series($1, $2)";
      String numbers = h2 ? range + " numbers" : range + " as numbers(n)";
      String script = script().replace("{now}", "timestamp with time zone '" + now + "'");
      for (String each : RANGE.matcher(script).replaceAll(numbers).split(";\\s*\n")) {
        if (!each.isBlank()) {
          statement.execute(each);
        }
      }
      // As a server does by itself after a while.
      statement.execute(h2 ? "analyze" : "vacuum analyze");
    }
  }

  /** Changes a row each, so that H2 does not answer a question as it did the last time. */
  static void stir(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String change :
          List.of(
              "directory_user set announced = true where id = 10000001",
              "passkey set version = 1 where id = 30000001",
              "security_key set version = 1 where id = 20000001",
              "audit_entry set details = '{}' where id = 40000001",
              "workflow_run set reason = '' where id = 51000001")) {
        statement.execute("update " + change);
      }
    }
  }

  private static String script() {
    try (InputStream script = Population.class.getResourceAsStream("population.sql")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
