package dev.keysmith.core.persistence;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables, brought to the state that this version of the server needs. */
public final class Schema {

  private Schema() {}

  /** Runs the migrations that have not run yet; several nodes may start at the same time. */
  public static void migrate(DataSource dataSource) {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
