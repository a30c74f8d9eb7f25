package dev.keysmith.core.persistence;

import java.sql.SQLException;

/** Tells a row that the database's rules forbid from a database that fails. */
public final class Constraints {

  private static final int DEPTH = 10;

  private Constraints() {}

  /**
   * Whether a failed write violated a constraint: SQLSTATE class 23, "integrity constraint
   * violation" (ISO/IEC 9075-2, section 24.1), as H2 and PostgreSQL both report it.
   */
  public static boolean violated(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth++ < DEPTH; t = t.getCause()) {
      if (t instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().startsWith("23")) {
        return true;
      }
    }
    return false;
  }
}
