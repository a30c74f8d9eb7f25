package dev.keysmith.core.directory;

import dev.keysmith.spi.Text;
import dev.keysmith.spi.idp.DirectoryGroup;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A group of an identity provider that was imported at least once. */
@Entity
@Table(name = "directory_group")
@SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
public class Group {

  private static final int MAX_DESCRIPTION = 1024;

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  private long id;

  @Column(name = "integration_id", updatable = false)
  private long integrationId;

  @Column(name = "external_id", updatable = false)
  private String externalId;

  private String name;

  private @Nullable String description;

  private boolean gone;

  @Column(name = "name_key")
  private String nameKey;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected Group() {}

  public Group(long integrationId, DirectoryGroup source) {
    this.integrationId = integrationId;
    this.externalId = source.id();
    update(source);
  }

  public final void update(DirectoryGroup source) {
    name = source.name();
    nameKey = User.sortKey(name);
    description = source.description().map(text -> Text.cut(text, MAX_DESCRIPTION)).orElse(null);
    gone = false;
  }

  public void markGone() {
    gone = true;
  }

  public long id() {
    return id;
  }

  public long integrationId() {
    return integrationId;
  }

  /** Identifier at the identity provider. */
  public String externalId() {
    return externalId;
  }

  public String name() {
    return name;
  }

  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  /** Whether the identity provider no longer has it; it is kept because workflows may name it. */
  public boolean isGone() {
    return gone;
  }
}
