package dev.keysmith.core.custody;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.seal.SealedRow;
import dev.keysmith.spi.Text;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A key that is asked to erase itself: what is known of it before, until it is known whether. */
@Entity
@Table(name = "pending_erasure")
public class PendingErasure extends SealedRow {

  static final String KIND = "erasure";

  private static final int LONGEST_LABEL = 255;

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Column(name = "key_id")
  private @Nullable Long keyId;

  /** What the key shows of itself. */
  private String label = "";

  /** Ids of the passkeys that it proved to hold, separated by commas. */
  private String passkeys = "";

  private Instant begun = Instant.EPOCH;

  @Enumerated(EnumType.STRING)
  @Column(name = "actor_kind")
  private Actor.Kind actorKind = Actor.Kind.SYSTEM;

  @Column(name = "actor_id")
  private String actorId = "";

  @Column(name = "actor_name")
  private String actorName = "";

  /** For JPA. */
  protected PendingErasure() {}

  PendingErasure(Actor by, ErasedKey key, Instant begun) {
    this.keyId = key.keyId().orElse(null);
    this.label = Text.cut(key.plugged().product(), LONGEST_LABEL);
    this.passkeys =
        key.found().stream().map(Passkey::id).map(String::valueOf).collect(Collectors.joining(","));
    this.begun = begun;
    this.actorKind = by.kind();
    this.actorId = by.id();
    this.actorName = by.name();
  }

  Actor by() {
    return new Actor(actorKind, actorId, actorName);
  }

  Optional<Long> keyId() {
    return Optional.ofNullable(keyId);
  }

  List<Long> passkeys() {
    return passkeys.isEmpty()
        ? List.of()
        : Arrays.stream(passkeys.split(",")).map(Long::valueOf).toList();
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  protected String kind() {
    return KIND;
  }

  @Override
  public String called() {
    return label;
  }

  @Override
  protected List<String> sealedValues() {
    return texts(id, keyId, passkeys, begun, actorKind, actorId);
  }
}
