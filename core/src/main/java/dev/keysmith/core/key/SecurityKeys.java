package dev.keysmith.core.key;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.spi.key.KeyDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The inventory: which security keys there are and whose they are. A change that concerns the
 * passkeys on a key, too, belongs to a transaction of the one who knows those.
 */
@ApplicationScoped
public class SecurityKeys {

  private static final int ASSET_TAG_LENGTH = 64;

  /** Key sessions let workflows decide at once; the event follows in case that they could not. */
  private static final Duration SECOND_WAY = Duration.ofSeconds(10);

  private static final Listing<SecurityKey> LISTING =
      Listing.of(SecurityKey.class, "-created")
          .sortable("model", "state", "activated", "assetTag", "serialNumber")
          .filter("state", Filters.equal("state", SecurityKey.State::valueOf))
          .filter("owner", Filters.equal("ownerId", Long::valueOf))
          .filter("aaguid", Filters.equal("aaguid"))
          .filter("model", Filters.equal("model"))
          .filter("serialNumber", Filters.equal("serialNumber"))
          .filter("search", Filters.contains("model", "serialNumber", "assetTag"));

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject SerialNumbers serialNumbers;
  @Inject Audit audit;
  @Inject Events events;
  @Inject Clock clock;

  /**
   * The key that was activated.
   *
   * @param keyId which one
   * @param event what has happened; empty if the key was active for this owner before
   */
  public record Activation(long keyId, Optional<SecurityKeyActivated> event) {}

  /**
   * Records that a user has initialised a key, in the transaction of the rule about its passkeys.
   *
   * @param known which key it was recognised as; empty if it has never been seen
   * @throws ProblemException {@code CONFLICT} if it is another user's, lost or retired
   */
  @Transactional(TxType.MANDATORY)
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public Activation activate(
      Actor by, Optional<Long> known, SecurityKey.Facts facts, long ownerId) {
    SecurityKey key = known.map(this::hold).orElseGet(() -> add(by, facts));
    boolean news = key.activate(ownerId, clock.instant());
    key.see(facts);
    if (!news) {
      return new Activation(key.id(), Optional.empty());
    }
    audit.record(by, "key.activated", subject(key), Map.of("owner", Long.toString(ownerId)));
    Instant now = clock.instant();
    SecurityKeyActivated event =
        new SecurityKeyActivated(key.id(), ownerId, key.id() + "@" + now, now);
    events.recordFor(now.plus(SECOND_WAY), event);
    return new Activation(key.id(), Optional.of(event));
  }

  /** A key that is none of those that show the same serial number shares it with them. */
  SecurityKey add(Actor by, SecurityKey.Facts facts) {
    boolean shared = serialNumbers.hasTwin(facts);
    serialNumbers.showing(facts).forEach(twin -> share(by, twin));
    SecurityKey key = new SecurityKey(facts, clock.instant());
    if (shared) {
      key.shareSerialNumber(clock.instant());
    }
    entities.persist(key);
    return key;
  }

  private void share(Actor by, SecurityKey key) {
    key.shareSerialNumber(clock.instant());
    audit.record(by, "key.serial-number-shared", subject(key), Map.of());
  }

  /**
   * Takes a key into stock before anybody has it.
   *
   * @param facts with a serial number, by which it is recognised when its owner initialises it
   * @param assetTag at most 64 characters; blank for none
   * @throws ProblemException {@code INVALID} if it shows no serial number; {@code CONFLICT} if it
   *     is in the inventory already
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey register(Actor by, SecurityKey.Facts facts, String assetTag) {
    if (facts.serialNumber().isEmpty()) {
      throw ProblemException.invalid(KeyMessage.NO_SERIAL_NUMBER);
    }
    if (serialNumbers.hasTwin(facts)) {
      throw ProblemException.conflict(KeyMessage.REGISTERED);
    }
    SecurityKey key = new SecurityKey(facts, clock.instant());
    key.tag(tag(assetTag));
    entities.persist(key);
    audit.record(by, "key.registered", subject(key), Map.of());
    return key;
  }

  /**
   * Gives a key that is in stock to a user, who has yet to initialise it.
   *
   * @throws ProblemException {@code CONFLICT} unless it is in stock
   */
  @Transactional(TxType.MANDATORY)
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey assign(Actor by, long id, User owner, Map<String, String> details) {
    Map<String, String> all = new HashMap<>(details);
    all.put("owner", Long.toString(owner.id()));
    all.put("login", owner.login());
    return change(by, id, new Change("key.assigned", key -> key.assign(owner.id()), all));
  }

  /** Says that other keys show the same serial number as this one, so that it tells nothing. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey shareSerialNumber(Actor by, long id) {
    return change(
        by,
        id,
        new Change(
            "key.serial-number-shared", key -> key.shareSerialNumber(clock.instant()), Map.of()));
  }

  /**
   * Records that a key was reset.
   *
   * @param known which key of the inventory it was, if that is known; it has no owner afterwards
   * @param plugged what it shows of itself
   */
  @Transactional(TxType.MANDATORY)
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public void erased(
      Actor by, Optional<Long> known, KeyDescriptor plugged, Map<String, String> details) {
    if (known.isPresent()) {
      change(by, known.get(), new Change("key.reset", SecurityKey::erase, details));
      return;
    }
    String label =
        plugged.serialNumber().map(it -> plugged.product() + " · " + it).orElse(plugged.product());
    audit.record(by, "key.reset", new Subject("key", "", label), details);
  }

  /** Reports a key lost. */
  @Transactional(TxType.MANDATORY)
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey lose(Actor by, long id, Map<String, String> details) {
    return change(by, id, new Change("key.lost", SecurityKey::lose, details));
  }

  /** Takes a key out of use. */
  @Transactional(TxType.MANDATORY)
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey retire(Actor by, long id, Map<String, String> details) {
    return change(by, id, new Change("key.retired", SecurityKey::retire, details));
  }

  /** Records that its owner gets another key in place of one that is lost or retired. */
  @Transactional(TxType.MANDATORY)
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey replaced(Actor by, long id, Map<String, String> details) {
    return change(by, id, new Change("key.replaced", key -> {}, details));
  }

  /** Puts a key back in stock, without an owner. */
  @Transactional(TxType.MANDATORY)
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey restock(Actor by, long id, Map<String, String> details) {
    return change(by, id, new Change("key.restocked", SecurityKey::restock, details));
  }

  /**
   * Labels a key.
   *
   * @param assetTag at most 64 characters; blank removes the label
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey tag(Actor by, long id, String assetTag) {
    String label = tag(assetTag);
    return change(by, id, new Change("key.tagged", key -> key.tag(label), Map.of()));
  }

  private static @Nullable String tag(String assetTag) {
    if (assetTag.strip().length() > ASSET_TAG_LENGTH) {
      throw ProblemException.invalid(KeyMessage.ASSET_TAG, ASSET_TAG_LENGTH)
          .at("assetTag", ProblemMessage.FIELD_TOO_LONG, ASSET_TAG_LENGTH);
    }
    return assetTag.isBlank() ? null : assetTag.strip();
  }

  /**
   * Keys. Filters: {@code state, owner} (id){@code , aaguid, model, serialNumber, search} (part of
   * model, serial number or asset tag).
   */
  @Transactional
  public Slice<SecurityKey> list(PageRequest request) {
    return LISTING.slice(entities, request);
  }

  /**
   * One key.
   *
   * @throws ProblemException {@code NOT_FOUND}
   */
  @Transactional
  public SecurityKey find(long id) {
    SecurityKey key = entities.find(SecurityKey.class, id);
    if (key == null) {
      throw ProblemException.notFound(KeyMessage.UNKNOWN, Long.toString(id));
    }
    return key;
  }

  /**
   * One key, locked until the transaction ends.
   *
   * @throws ProblemException {@code NOT_FOUND}
   */
  @Transactional(TxType.MANDATORY)
  public SecurityKey hold(long id) {
    SecurityKey key = find(id);
    entities.refresh(key, LockModeType.PESSIMISTIC_WRITE);
    return key;
  }

  private record Change(String action, Consumer<SecurityKey> how, Map<String, String> details) {}

  private SecurityKey change(Actor by, long id, Change change) {
    SecurityKey key = find(id);
    change.how().accept(key);
    Map<String, String> details = new HashMap<>(change.details());
    details.put("state", key.state().name());
    audit.record(by, change.action(), subject(key), details);
    return key;
  }

  static Subject subject(SecurityKey key) {
    return Subject.of("key", key.id(), key.name());
  }
}
