package dev.keysmith.core.workflow;

import dev.keysmith.core.directory.UserImported;
import dev.keysmith.core.key.SecurityKeyActivated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Sets workflows off when something has happened. */
@ApplicationScoped
public class WorkflowTriggers {

  @Inject Workflows workflows;

  void onUserImported(@Observes UserImported event) {
    workflows.run(
        Trigger.NEW_USER_IMPORTED, event.userId(), "import:" + event.importId(), event.at());
  }

  /**
   * For callers that cannot wait for the delivery of the event, which comes later and finds it
   * done. Safe to repeat.
   */
  public void onSecurityKeyActivated(@Observes SecurityKeyActivated event) {
    workflows.run(
        Trigger.NEW_SECURITY_KEY_ACTIVATED,
        event.userId(),
        "activation:" + event.activationId(),
        event.at());
  }
}
