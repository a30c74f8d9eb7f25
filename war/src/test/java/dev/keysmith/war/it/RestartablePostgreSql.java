package dev.keysmith.war.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A PostgreSQL server with an empty database for Keysmith, which keeps its data over restarts. */
public final class RestartablePostgreSql implements AutoCloseable {

  private final Path data;
  private EmbeddedPostgres server;

  private RestartablePostgreSql(Path data, EmbeddedPostgres server) {
    this.data = data;
    this.server = server;
  }

  /** Starts it on an empty directory. */
  public static RestartablePostgreSql start(Path data) throws IOException, SQLException {
    EmbeddedPostgres server = builder(data).start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role keysmith login password 'right'");
      statement.execute("create database keysmith owner keysmith");
    }
    return new RestartablePostgreSql(data, server);
  }

  private static EmbeddedPostgres.Builder builder(Path data) {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPGStartupWait(Duration.ofMinutes(1));
  }

  /** Its address, for user keysmith and password right. */
  public String url() {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/keysmith";
  }

  /** Ends every connection, and comes back at the same address. */
  void restart() throws IOException {
    int port = server.getPort();
    server.close();
    server = builder(data).setPort(port).start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
