package dev.keysmith.core.custody;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.RowWithdrawn;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.enrolment.PasskeysOnKeys;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.seal.Inspection;
import dev.keysmith.core.seal.SealedTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Erasures that have begun. The key erases itself outside any transaction, so the intention is
 * stored before; whatever happens to this server meanwhile, the passkeys that may be gone do not
 * stay active. They are revoked, as the operator wanted: a passkey that the key still holds opens
 * nothing then, and the next session finds it on the key.
 */
@ApplicationScoped
public class PendingErasures {

  /** By then the touch that a key waits for has come or not. */
  static final Duration DUE = Duration.ofMinutes(5);

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject SecurityKeys keys;
  @Inject PasskeysOnKeys onKeys;
  @Inject Passkeys passkeys;
  @Inject Events events;
  @Inject Audit audit;
  @Inject SealedTables tables;
  @Inject Clock clock;

  /**
   * A key is about to be asked to erase itself.
   *
   * @return the number by which {@link #recorded}, {@link #refused} or {@link #unknown} ends it
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public long begin(Actor by, ErasedKey key) {
    Instant now = clock.instant();
    PendingErasure erasure = new PendingErasure(by, key, now);
    entities.persist(erasure);
    entities.flush();
    erasure.seal();
    events.recordFor(now.plus(DUE), new ErasureDue(erasure.id()));
    return erasure.id();
  }

  /** The key was erased, and the caller's transaction records it. */
  @Transactional(TxType.MANDATORY)
  public void recorded(long id) {
    remove(id);
  }

  /** The key has refused: nothing on it was erased. */
  @Transactional
  public void refused(long id) {
    remove(id);
  }

  private void remove(long id) {
    PendingErasure erasure = entities.find(PendingErasure.class, id);
    if (erasure != null) {
      entities.remove(erasure);
    }
  }

  /** It cannot be known whether the key was erased: its passkeys are revoked. */
  @Transactional
  public void unknown(long id) {
    PendingErasure erasure = entities.find(PendingErasure.class, id);
    if (erasure == null || erasure.isChangedOutside()) {
      return;
    }
    erasure.keyId().ifPresent(keys::hold);
    List<Passkey> lost =
        Stream.concat(
                erasure.keyId().stream().flatMap(key -> onKeys.inUse(key).stream()),
                erasure.passkeys().stream().map(passkeys::find))
            .distinct()
            .filter(Passkey::isInUse)
            .toList();
    lost.forEach(each -> passkeys.revoke(erasure.by(), each.id()));
    audit.record(
        erasure.by(),
        "key.reset-unknown",
        erasure
            .keyId()
            .map(key -> Subject.of("key", key, keys.find(key).name()))
            .orElseGet(() -> new Subject("key", "", erasure.called())),
        Map.of(
            "revoked",
            lost.stream().map(each -> Long.toString(each.id())).collect(Collectors.joining(", "))));
    entities.remove(erasure);
  }

  @Transactional
  void onErasureDue(@Observes ErasureDue event) {
    unknown(event.erasureId());
  }

  @Transactional(TxType.MANDATORY)
  void inspect(@Observes Inspection inspection) {
    tables.inspect(inspection, PendingErasure.class, PendingErasure.KIND, "1 = 1");
  }

  @Transactional(TxType.MANDATORY)
  void withdraw(@Observes RowWithdrawn row) {
    row.of(PendingErasure.KIND, id -> entities.find(PendingErasure.class, id))
        .ifPresent(entities::remove);
  }
}
