package dev.keysmith.core.integration;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks identity providers whether they work, and keeps the answers. */
@ApplicationScoped
class IntegrationChecks {

  @PersistenceContext(unitName = "keysmith")
  EntityManager em;

  @Inject Audit audit;
  @Inject Events events;
  @Inject Clock clock;

  /** Asks, outside any transaction: it may take a minute. Whatever goes wrong is an answer. */
  LastCheck ask(Supplier<String> question) {
    try {
      return LastCheck.good(clock.instant(), question.get());
    } catch (PluginException e) {
      return failed(Optional.of(e.reason()), e);
    } catch (ProblemException e) {
      return failed(Optional.empty(), e);
    }
  }

  private LastCheck failed(Optional<PluginException.Reason> reason, RuntimeException e) {
    return new LastCheck(clock.instant(), false, reason, Failure.message(e));
  }

  /** Keeps the answer, unless the settings changed meanwhile. */
  @Transactional
  void record(Actor by, Integration asked, LastCheck check) {
    Integration present = em.find(Integration.class, asked.id(), LockModeType.PESSIMISTIC_WRITE);
    if (present == null || present.revision() != asked.revision()) {
      return;
    }
    present.checked(check);
    if (check.ok()) {
      events.record(new IntegrationCheckPassed(present.id()));
    }
    audit.record(
        by,
        "integration.checked",
        Subject.of("integration", present.id(), present.label()),
        Map.of("ok", Boolean.toString(check.ok())));
  }
}
