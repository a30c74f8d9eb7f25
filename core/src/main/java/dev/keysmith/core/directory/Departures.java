package dev.keysmith.core.directory;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.event.Events;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;

/** Users who have left: marked, announced, and written in the audit log. */
@ApplicationScoped
public class Departures {

  @Inject Events events;
  @Inject Audit audit;

  /** Marks a user who is no longer listed. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void leave(User user) {
    user.markLeft();
    record(user);
  }

  /** Announces a user whose row says already that it has left. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void record(User user) {
    events.record(new UserLeft(user.id()));
    audit.record(
        Actor.system(), "user.left", Subject.of("user", user.id(), user.login()), Map.of());
  }
}
