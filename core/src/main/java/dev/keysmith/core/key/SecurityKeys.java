package dev.keysmith.core.key;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The inventory: which security keys there are and whose they are. */
@ApplicationScoped
public class SecurityKeys {

  private static final int ASSET_TAG_LENGTH = 64;

  private static final Listing<SecurityKey> LISTING =
      Listing.of(SecurityKey.class, "-created")
          .sortable("model", "state", "activated")
          .filter("state", Filters.equal("state", SecurityKey.State::valueOf))
          .filter("owner", Filters.equal("ownerId", Long::valueOf))
          .filter("aaguid", Filters.equal("aaguid"))
          .filter("search", Filters.contains("model", "serialNumber", "assetTag"));

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

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
  public Activation activate(
      Actor by, Optional<Long> known, SecurityKey.Facts facts, long ownerId) {
    SecurityKey key = known.or(() -> bySerialNumber(facts)).map(this::find).orElse(null);
    if (key == null) {
      key = new SecurityKey(facts, clock.instant());
      entities.persist(key);
    }
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

  /**
   * Looks at a key by its serial number before anything is written on it.
   *
   * @throws ProblemException {@code CONFLICT} if it is another user's, lost or retired
   */
  @Transactional
  public void requireUsable(SecurityKey.Facts facts, long ownerId) {
    bySerialNumber(facts).map(this::find).ifPresent(key -> key.requireUsableBy(ownerId));
  }

  /** Reports a key lost. Its passkeys stay until they are revoked. */
  @Transactional
  public SecurityKey lose(Actor by, long id) {
    return change(by, id, "key.lost", SecurityKey::lose);
  }

  /** Takes a key out of use. Its passkeys stay until they are revoked. */
  @Transactional
  public SecurityKey retire(Actor by, long id) {
    return change(by, id, "key.retired", SecurityKey::retire);
  }

  /** Puts a key back in stock, as nobody's. */
  @Transactional
  public SecurityKey restock(Actor by, long id) {
    return change(by, id, "key.restocked", SecurityKey::restock);
  }

  /**
   * Labels a key.
   *
   * @param assetTag at most 64 characters; blank removes the label
   */
  @Transactional
  public SecurityKey tag(Actor by, long id, String assetTag) {
    if (assetTag.strip().length() > ASSET_TAG_LENGTH) {
      throw ProblemException.invalid(
          "key.asset-tag",
          "An asset tag has at most " + ASSET_TAG_LENGTH + " characters.",
          Map.of("assetTag", "is too long"));
    }
    return change(
        by, id, "key.tagged", key -> key.tag(assetTag.isBlank() ? null : assetTag.strip()));
  }

  /** Keys. Filters: {@code state, owner} (id){@code , aaguid, search} (model, serial, tag). */
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

  /** A device tells one key from another only together with its model. */
  private Optional<Long> bySerialNumber(SecurityKey.Facts facts) {
    return facts.serialNumber().flatMap(serial -> byModelAndSerial(facts.aaguid(), serial));
  }

  private Optional<Long> byModelAndSerial(UUID aaguid, String serial) {
    return entities
        .createQuery(
            "select k.id from SecurityKey k where k.aaguid = :aaguid and k.serialNumber = :serial",
            Long.class)
        .setParameter("aaguid", aaguid.toString())
        .setParameter("serial", serial)
        .getResultStream()
        .findFirst();
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
