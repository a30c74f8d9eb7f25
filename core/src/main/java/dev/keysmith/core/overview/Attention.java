package dev.keysmith.core.overview;

import dev.keysmith.core.event.DeadLetters;
import dev.keysmith.core.imports.ImportRun;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What does not go on until an operator acts. */
@ApplicationScoped
public class Attention {

  /** So long a passkey may wait for its key before it is worth a question. */
  private static final Duration LONG = Duration.ofDays(14);

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Passkeys passkeys;
  @Inject Integrations integrations;
  @Inject DeadLetters letters;
  @Inject Clock clock;

  /** What it is about. */
  public enum Kind {
    /** Passkeys that the identity provider refused. */
    PASSKEYS_FAILED,
    /** Passkeys that have waited for their key for two weeks. */
    PASSKEYS_WAIT_LONG,
    /** Revoked passkeys whose factors the identity provider still has. */
    REMOVALS_PENDING,
    /** Passkeys that can still be used with a key that was reported lost. */
    LOST_KEYS_WITH_PASSKEYS,
    /** Integrations whose last check failed. */
    INTEGRATIONS_FAILING,
    /** Integrations whose last import failed. */
    IMPORTS_FAILED,
    /** Events that could not be delivered. */
    DEAD_LETTERS
  }

  /**
   * Something to look after.
   *
   * @param list the list that shows it, by its name in the API
   * @param filters of that list
   */
  public record Item(Kind kind, long count, String list, Map<String, String> filters) {}

  /** What there is to look after now. */
  @Transactional
  List<Item> items() {
    String longAgo = clock.instant().minus(LONG).toString();
    return Stream.of(
            passkeys(Kind.PASSKEYS_FAILED, Map.of("state", Passkey.State.FAILED.name())),
            passkeys(
                Kind.PASSKEYS_WAIT_LONG,
                Map.of("state", Passkey.State.ASSIGNED.name(), "assignedBefore", longAgo)),
            passkeys(Kind.REMOVALS_PENDING, Map.of("awaitsRemoval", "true")),
            passkeys(
                Kind.LOST_KEYS_WITH_PASSKEYS,
                Map.of("state", Passkey.State.ACTIVE.name(), "keyState", "LOST")),
            integrations(),
            imports(),
            new Item(Kind.DEAD_LETTERS, letters.count(), "dead-letters", Map.of()))
        .filter(item -> item.count() > 0)
        .toList();
  }

  private Item passkeys(Kind kind, Map<String, String> filters) {
    return new Item(kind, passkeys.count(request(filters)), "passkeys", filters);
  }

  private Item integrations() {
    Map<String, String> filters = Map.of("check", "FAILED");
    return new Item(
        Kind.INTEGRATIONS_FAILING,
        integrations.list(request(filters)).total(),
        "integrations",
        filters);
  }

  private Item imports() {
    long failed =
        entities
            .createQuery(
                "select count(r) from ImportRun r where r.state = :failed and not exists"
                    + " (select x.id from ImportRun x where x.integrationId = r.integrationId"
                    + " and x.queuedAt > r.queuedAt)",
                Long.class)
            .setParameter("failed", ImportRun.State.FAILED)
            .getSingleResult();
    return new Item(
        Kind.IMPORTS_FAILED, failed, "imports", Map.of("state", ImportRun.State.FAILED.name()));
  }

  private static PageRequest request(Map<String, String> filters) {
    return new PageRequest(0, 1, "", filters);
  }
}
