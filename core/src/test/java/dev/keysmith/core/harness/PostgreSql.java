package dev.keysmith.core.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A PostgreSQL server of the test run's own, from a library, with a database for Keysmith whose
 * owner has no rights beyond it. It ends with the run.
 */
public final class PostgreSql {

  private static final class Holder {
    private static final PostgreSql STARTED = start();
  }

  private final EmbeddedPostgres server;

  private PostgreSql(EmbeddedPostgres server) {
    this.server = server;
  }

  /** The server, started at the first call. */
  public static PostgreSql started() {
    return Holder.STARTED;
  }

  private static PostgreSql start() {
    try {
      PostgreSql started = new PostgreSql(server());
      started.execute("create role keysmith login password 'right'");
      started.execute("create database keysmith owner keysmith");
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "PostgreSQL did not start. As root it needs user namespaces (unshare -U); or name a"
              + " server of your own by keysmith.test.database.url.",
          e);
    }
  }

  /** Measurements set {@code keysmith.test.database.fsync} to {@code on}, as it is for real. */
  private static EmbeddedPostgres server() throws IOException {
    String fsync = System.getProperty("keysmith.test.database.fsync", "off");
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", fsync)
        .setServerConfig("synchronous_commit", fsync)
        .setServerConfig("listen_addresses", "localhost")
        .setPGStartupWait(Duration.ofMinutes(1))
        .start();
  }

  /** Of the database for Keysmith; its user is {@code keysmith}, any password will do. */
  public String url() {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/keysmith";
  }

  /** Runs a statement as the administrator of the server. */
  public void execute(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
