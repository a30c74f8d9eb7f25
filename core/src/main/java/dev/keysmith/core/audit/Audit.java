package dev.keysmith.core.audit;

import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The audit log: written in the transaction of the change, so that neither is without the other.
 */
@ApplicationScoped
public class Audit {

  private static final Listing<AuditEntry> LISTING =
      Listing.of(AuditEntry.class, "-at")
          .filter("actor", Filters.equal("actorName"))
          .filter("kind", Filters.equal("actorKind", Actor.Kind::valueOf))
          .filter("action", Filters.startsWith("action"))
          .filter("subjectType", Filters.equal("subjectType"))
          .filter("subjectId", Filters.equal("subjectId"))
          .filter("subject", Filters.contains("subjectLabel"))
          .filter("from", Filters.from("at"))
          .filter("to", Filters.to("at"));

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Clock clock;

  /**
   * Adds an entry, which the caller's transaction commits or rolls back.
   *
   * @param action entity and past participle, for instance {@code passkey.assigned}
   * @param details what else is worth knowing; no secrets
   */
  @Transactional(TxType.MANDATORY)
  public void record(Actor by, String action, Subject subject, Map<String, String> details) {
    entities.persist(new AuditEntry(clock.instant(), by, action, subject, details));
  }

  /** Entries after an id, in the order of ids; for {@link AuditExport}. */
  @Transactional
  List<AuditEntry> after(PageRequest request, long after, int limit) {
    return LISTING.after(entities, request, after, limit);
  }

  /**
   * Entries, the newest first. Filters: {@code actor, kind, action} (its beginning), {@code
   * subjectType, subjectId, subject} (part of the label), {@code from, to} (instants).
   */
  @Transactional
  public Slice<AuditEntry> list(PageRequest request) {
    return LISTING.slice(entities, request);
  }
}
