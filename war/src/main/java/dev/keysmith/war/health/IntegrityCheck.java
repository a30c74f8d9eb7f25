package dev.keysmith.war.health;

import dev.keysmith.core.audit.AuditVerification;
import dev.keysmith.core.audit.Integrity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says whether anything was written past the server. It stays ready: rows that were changed grant
 * nothing, and write access to the database must not be enough to take the server away.
 */
@Readiness
@ApplicationScoped
public class IntegrityCheck implements HealthCheck {

  @Inject Integrity integrity;
  @Inject AuditVerification verification;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("integrity")
        .up()
        .withData("changed-outside", integrity.recent().size())
        .withData("audit-log-intact", verification.recent())
        .build();
  }
}
