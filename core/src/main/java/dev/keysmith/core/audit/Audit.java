package dev.keysmith.core.audit;

import dev.keysmith.core.access.Caller;
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
import java.time.Instant;
import java.util.HashMap;
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
          .filter("actorId", Filters.equal("actorId"))
          .filter("kind", Filters.equal("actorKind", kind -> Actor.Kind.valueOf(kind).name()))
          .filter("action", Filters.lowerStartsWith("action"))
          .filter("subjectType", Filters.equal("subjectType"))
          .filter("subjectId", Filters.equal("subjectId"))
          .filter("subject", Filters.contains("subjectLabel"))
          .filter("from", Filters.from("at"))
          .filter("to", Filters.to("at"))
          .countedTo(10_000);

  private static final String ADDRESS = "address";

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Caller caller;
  @Inject Clock clock;
  @Inject AuditChain chain;

  /**
   * Adds an entry, which the caller's transaction commits or rolls back. What a request leads to
   * has the address of its caller among its details, as {@code address}.
   *
   * @param action entity and past participle, for instance {@code passkey.assigned}
   * @param details what else is worth knowing; no secrets
   */
  @Transactional(TxType.MANDATORY)
  public void record(Actor by, String action, Subject subject, Map<String, String> details) {
    Map<String, String> all = new HashMap<>(details);
    Caller.addressOf(caller).ifPresent(address -> all.putIfAbsent(ADDRESS, address));
    chain.add(new AuditEntry(clock.instant(), by, action, subject, all));
  }

  /** Adds an entry whatever becomes of the transaction of the caller. */
  @Transactional(TxType.REQUIRES_NEW)
  void recordApart(Actor by, String action, Subject subject, Map<String, String> details) {
    record(by, action, subject, details);
  }

  /** Records that entries are taken out, and refuses filters that there are not. */
  @Transactional
  void exporting(Actor by, String format, Map<String, String> filters) {
    LISTING.after(entities, new PageRequest(0, 1, "", filters), Long.MAX_VALUE, 1);
    Map<String, String> details = new HashMap<>();
    details.put("format", format);
    filters.forEach((name, value) -> details.put("filter " + name, value));
    record(by, "audit.exported", new Subject("audit", "", ""), details);
  }

  /** Entries after an id, in the order of ids; for {@link AuditExport}. */
  @Transactional
  List<AuditEntry> after(PageRequest request, long after, int limit) {
    return LISTING.after(entities, request, after, limit);
  }

  /**
   * Entries, the newest first; counted to 10,000. Filters: {@code actor} (the name){@code ,
   * actorId, kind, action} (its beginning), {@code subjectType, subjectId, subject} (part of the
   * label), {@code from, to} (instants).
   */
  @Transactional
  public Slice<AuditEntry> list(PageRequest request) {
    return LISTING.slice(entities, request);
  }

  /** How many entries of an action an actor has left since then; by an index. */
  @Transactional
  public long count(Actor.Kind kind, String actorId, String action, Instant since) {
    return entities
        .createQuery(
            "select count(e) from AuditEntry e where e.actorKind = :kind and e.actorId = :actor"
                + " and e.action = :action and e.at >= :since",
            Long.class)
        .setParameter("kind", kind.name())
        .setParameter("actor", actorId)
        .setParameter("action", action)
        .setParameter("since", since)
        .getSingleResult();
  }
}
