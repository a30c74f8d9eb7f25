package dev.keysmith.war.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready only if the database answers. */
@Readiness
@ApplicationScoped
public class DatabaseCheck implements HealthCheck {

  private static final int SECONDS = 3;

  @Inject DataSource database;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("database");
    try (Connection connection = database.getConnection()) {
      return answer.status(connection.isValid(SECONDS)).build();
    } catch (SQLException e) {
      return answer.down().withData("reason", "The database cannot be reached").build();
    }
  }
}
