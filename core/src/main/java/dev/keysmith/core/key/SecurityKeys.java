package dev.keysmith.core.key;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.key.KeyDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The inventory: which security keys there are and whose they are. */
@ApplicationScoped
public class SecurityKeys {

  private static final int ASSET_TAG_LENGTH = 64;

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

  @Inject Users users;
  @Inject Audit audit;
  @Inject Events events;
  @Inject Clock clock;

  /**
   * The key that was activated.
   *
   * @param keyId which one
   * @param delivery of the event, if there was one: the key was not active for this owner before
   */
  public record Activation(long keyId, Optional<String> delivery) {}

  /**
   * Records that a user has initialised a key.
   *
   * @param known which key it was recognised as; empty if it has never been seen
   * @throws ProblemException {@code CONFLICT} if it is another user's, lost or retired
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public Activation activate(
      Actor by, Optional<Long> known, SecurityKey.Facts facts, long ownerId) {
    SecurityKey key = known.map(this::find).orElseGet(() -> add(by, facts));
    boolean news = key.activate(ownerId, clock.instant());
    key.see(facts);
    if (!news) {
      return new Activation(key.id(), Optional.empty());
    }
    audit.record(by, "key.activated", subject(key), Map.of("owner", Long.toString(ownerId)));
    String activationId = key.id() + "@" + clock.instant();
    String delivery = events.record(new SecurityKeyActivated(key.id(), ownerId, activationId));
    return new Activation(key.id(), Optional.of(delivery));
  }

  /** A key that is none of those that show the same serial number shares it with them. */
  private SecurityKey add(Actor by, SecurityKey.Facts facts) {
    boolean shared = hasTwin(facts);
    showing(facts).forEach(twin -> share(by, twin));
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

  /** The keys that show this serial number, if it is known to belong to one of them alone. */
  @Transactional
  public List<SecurityKey> showing(SecurityKey.Facts facts) {
    return twins(facts).stream().filter(key -> !key.isSerialNumberShared()).toList();
  }

  private boolean hasTwin(SecurityKey.Facts facts) {
    return !twins(facts).isEmpty();
  }

  /** Whether the serial number, as far as is known, tells a key from all others. */
  @Transactional
  public boolean tellsItself(SecurityKey.Facts facts) {
    return facts.serialNumber().isPresent()
        && twins(facts).stream().noneMatch(SecurityKey::isSerialNumberShared);
  }

  private List<SecurityKey> twins(SecurityKey.Facts facts) {
    return facts.serialNumber().stream()
        .flatMap(serial -> withSerialNumber(facts.model(), serial).stream())
        .filter(key -> key.aaguid().equals(facts.aaguid()))
        .toList();
  }

  /** The one key that shows this serial number, as far as can be told without opening it. */
  @Transactional
  public Optional<SecurityKey> bySerialNumber(KeyDescriptor plugged) {
    List<SecurityKey> found =
        plugged.serialNumber().stream()
            .flatMap(serial -> withSerialNumber(plugged.product(), serial).stream())
            .filter(key -> !key.isSerialNumberShared())
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private List<SecurityKey> withSerialNumber(String model, String serial) {
    return entities
        .createQuery(
            "select k from SecurityKey k where k.serialNumber = :serial and k.model = :model"
                + " order by k.id",
            SecurityKey.class)
        .setParameter("model", model)
        .setParameter("serial", serial)
        .getResultList();
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
      throw ProblemException.invalid(
          "key.no-serial-number",
          "This security key shows no serial number, so it could not be told from others of its"
              + " model. It is recorded when its owner initialises it.");
    }
    if (hasTwin(facts)) {
      throw ProblemException.conflict(
          "key.registered",
          "A security key of this model with this serial number is in the inventory already.");
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
   * @throws ProblemException {@code CONFLICT} unless it is in stock; {@code NOT_FOUND} if there is
   *     no such user
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey assign(Actor by, long id, long userId) {
    User owner = users.find(userId);
    SecurityKey key = find(id);
    key.assign(owner.id());
    audit.record(by, "key.assigned", subject(key), Map.of("owner", Long.toString(owner.id())));
    return key;
  }

  /** Says that other keys show the same serial number as this one, so that it tells nothing. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey shareSerialNumber(Actor by, long id) {
    return change(
        by, id, "key.serial-number-shared", key -> key.shareSerialNumber(clock.instant()));
  }

  /**
   * Records that a key was reset. It is nobody's again, and the passkeys that were on it are
   * withdrawn.
   *
   * @param known which key of the inventory it was, if that is known
   * @param product what it calls itself
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public void erased(Actor by, Optional<Long> known, String product) {
    if (known.isEmpty()) {
      audit.record(by, "key.reset", new Subject("key", "", product), Map.of());
      return;
    }
    SecurityKey key = change(by, known.get(), "key.reset", SecurityKey::restock);
    events.record(new SecurityKeyErased(key.id()));
  }

  /** Reports a key lost. Its passkeys stay until they are revoked. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey lose(Actor by, long id) {
    return change(by, id, "key.lost", SecurityKey::lose);
  }

  /** Takes a key out of use. Its passkeys stay until they are revoked. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey retire(Actor by, long id) {
    return change(by, id, "key.retired", SecurityKey::retire);
  }

  /** Puts a key back in stock, as nobody's. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey restock(Actor by, long id) {
    return change(by, id, "key.restocked", SecurityKey::restock);
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
    return change(by, id, "key.tagged", key -> key.tag(label));
  }

  private static @Nullable String tag(String assetTag) {
    if (assetTag.strip().length() > ASSET_TAG_LENGTH) {
      throw ProblemException.invalid(
          "key.asset-tag",
          "An asset tag has at most " + ASSET_TAG_LENGTH + " characters.",
          Map.of("assetTag", "is too long"));
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
      throw ProblemException.notFound("key", "There is no security key " + id + ".");
    }
    return key;
  }

  private SecurityKey change(Actor by, long id, String action, Consumer<SecurityKey> change) {
    SecurityKey key = find(id);
    change.accept(key);
    audit.record(by, action, subject(key), Map.of("state", key.state().name()));
    return key;
  }

  private static Subject subject(SecurityKey key) {
    return Subject.of("key", key.id(), key.assetTag().orElse(key.model()));
  }
}
