package dev.keysmith.core.key;

import dev.keysmith.core.problem.ProblemException;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A security key that has been seen at a station. */
@Entity
@Table(name = "security_key")
public class SecurityKey {

  /** Where a key is in its life. */
  public enum State {
    /** Without an owner. */
    IN_STOCK,
    /** Has an owner, and is not yet initialised. */
    ASSIGNED,
    /** Initialised by its owner. */
    ACTIVE,
    /** Its owner does not have it any more. */
    LOST,
    /** Out of use. */
    RETIRED
  }

  /**
   * What can be told of a key that is plugged in.
   *
   * @param aaguid which model it is, from getInfo
   * @param model what the device calls itself, at most 126 characters
   * @param firmware from getInfo, if it tells
   * @param serialNumber of the device, if it shows one
   */
  public record Facts(
      UUID aaguid, String model, Optional<Long> firmware, Optional<String> serialNumber) {}

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Version private int version;

  private String aaguid = "";

  private String model = "";

  private @Nullable Long firmware;

  @Column(name = "serial_number")
  private @Nullable String serialNumber;

  /** Since when other keys are known to show the same serial number, so that it tells nothing. */
  @Column(name = "serial_shared")
  private @Nullable Instant serialShared;

  /** Since when an operator knows its PIN, and its owner has not been made to change it. */
  @Column(name = "pin_known")
  private @Nullable Instant pinKnown;

  @Column(name = "asset_tag")
  private @Nullable String assetTag;

  @Column(name = "owner_id")
  private @Nullable Long ownerId;

  /** Who has initialised it last since it was erased. */
  @Column(name = "last_owner_id")
  private @Nullable Long lastOwnerId;

  @Enumerated(EnumType.STRING)
  private State state = State.IN_STOCK;

  private Instant created = Instant.EPOCH;

  private @Nullable Instant activated;

  /** For the persistence provider. */
  protected SecurityKey() {}

  SecurityKey(Facts facts, Instant now) {
    created = now;
    see(facts);
  }

  /** Takes over what the key tells of itself now; firmware can have been updated. */
  final void see(Facts facts) {
    aaguid = facts.aaguid().toString();
    model = facts.model();
    firmware = facts.firmware().orElse(null);
    serialNumber = facts.serialNumber().orElse(serialNumber);
  }

  /**
   * Its owner has initialised it.
   *
   * @return whether this is news: it was not active for this owner before
   */
  boolean activate(long owner, Instant now) {
    requireUsableBy(owner);
    if (state == State.ACTIVE) {
      return false;
    }
    ownerId = owner;
    lastOwnerId = owner;
    state = State.ACTIVE;
    activated = now;
    return true;
  }

  /**
   * Lets a passkey be written on it only for the owner who has initialised it.
   *
   * @throws ProblemException {@code CONFLICT} if it has been taken from its owner meanwhile
   */
  public void requireActiveFor(long owner) {
    requireUsableBy(owner);
    if (state != State.ACTIVE) {
      throw ProblemException.conflict(KeyMessage.NOT_INITIALISED);
    }
  }

  /** Whether it was lost or retired. */
  public boolean isOutOfUse() {
    return state == State.LOST || state == State.RETIRED;
  }

  /** Whether a user may initialise it: the answer of {@link #requireUsableBy} in one word. */
  public boolean isUsableBy(long owner) {
    return !isOutOfUse() && (ownerId == null || ownerId == owner);
  }

  /**
   * Reserves it for its owner.
   *
   * @throws ProblemException {@code CONFLICT} if it is another user's, lost or retired
   */
  public void requireUsableBy(long owner) {
    if (isOutOfUse()) {
      throw ProblemException.conflict(KeyMessage.OUT_OF_USE, state);
    }
    if (ownerId != null && ownerId != owner) {
      throw ProblemException.conflict(KeyMessage.OWNED_BY_OTHER);
    }
  }

  /** It is to be this user's. */
  void assign(long owner) {
    requireInStock();
    ownerId = owner;
    state = State.ASSIGNED;
  }

  /**
   * Refuses to assign a key that has an owner.
   *
   * @throws ProblemException {@code CONFLICT} unless it is in stock
   */
  public void requireInStock() {
    if (state != State.IN_STOCK) {
      throw ProblemException.conflict(KeyMessage.NOT_IN_STOCK, state);
    }
  }

  /**
   * Its owner does not have it any more.
   *
   * @throws ProblemException {@code CONFLICT} if it has no owner
   */
  void lose() {
    if (state == State.IN_STOCK || state == State.RETIRED) {
      throw ProblemException.conflict(KeyMessage.NOT_GIVEN_OUT, state);
    }
    state = State.LOST;
  }

  private static String words(State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** It will not be used any more. */
  void retire() {
    state = State.RETIRED;
  }

  /** Its serial number is one that other keys show too. */
  void shareSerialNumber(Instant now) {
    serialShared = now;
  }

  /** An operator knows its PIN; the owner must be made to change it. */
  void makePinKnown(Instant now) {
    if (pinKnown == null) {
      pinKnown = now;
    }
  }

  /** It has another PIN, demands one, or has none: what an operator knows is worth nothing. */
  void endKnownPin() {
    pinKnown = null;
  }

  /** Removes its owner. */
  void restock() {
    state = State.IN_STOCK;
    ownerId = null;
    activated = null;
  }

  /** Records that it was erased: it holds no credential and no PIN, and has no owner. */
  void erase() {
    restock();
    lastOwnerId = null;
    endKnownPin();
  }

  /** Labels it. */
  void tag(@Nullable String assetTag) {
    this.assetTag = assetTag;
  }

  /** Identifier. */
  public long id() {
    return id;
  }

  /** Which model it is. */
  public UUID aaguid() {
    return UUID.fromString(aaguid);
  }

  /** What the device calls itself. */
  public String model() {
    return model;
  }

  /** Firmware version as the key gives it. */
  public Optional<Long> firmware() {
    return Optional.ofNullable(firmware);
  }

  /** Serial number of the device, if it shows one. */
  public Optional<String> serialNumber() {
    return Optional.ofNullable(serialNumber);
  }

  /** Whether other keys show the same serial number. */
  public boolean isSerialNumberShared() {
    return serialShared != null;
  }

  /** Since when an operator knows its PIN, unless the owner has been made to change it. */
  public Optional<Instant> pinKnown() {
    return Optional.ofNullable(pinKnown);
  }

  /** The label that the organisation has put on it. */
  public Optional<String> assetTag() {
    return Optional.ofNullable(assetTag);
  }

  /** Whose it is. */
  public Optional<Long> ownerId() {
    return Optional.ofNullable(ownerId);
  }

  /** Whether another user has initialised it, and nothing was erased since. */
  public boolean wasOfAnotherThan(long user) {
    return lastOwnerId != null && lastOwnerId != user;
  }

  /** What people know it by: the model, and asset tag and serial number where it has them. */
  public String name() {
    return Stream.of(Optional.of(model), assetTag(), serialNumber())
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" · "));
  }

  /** Where it is in its life. */
  public State state() {
    return state;
  }

  /** When it was first seen. */
  public Instant created() {
    return created;
  }

  /** When its owner initialised it. */
  public Optional<Instant> activated() {
    return Optional.ofNullable(activated);
  }
}
