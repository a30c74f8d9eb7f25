package dev.keysmith.core.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables, brought to the state that this version of the server needs. */
public final class Schema {

  private Schema() {}

  /** Runs the migrations that have not run yet; several nodes may start at the same time. */
  public static void migrate(DataSource dataSource) {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(dataSource)
        .locations(locations(dataSource))
        .load()
        .migrate();
  }

  /** What only PostgreSQL has is in a directory of its own. */
  private static String[] locations(DataSource dataSource) {
    String common = "classpath:db/migration";
    try (Connection connection = dataSource.getConnection()) {
      return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")
          ? new String[] {common, "classpath:db/postgresql"}
          : new String[] {common};
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be reached: " + e.getMessage(), e);
    }
  }
}
