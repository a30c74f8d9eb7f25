package dev.keysmith.core.directory;

import dev.keysmith.core.seal.SealedRow;
import dev.keysmith.spi.Text;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.DirectoryUser.Status;
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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person imported from an identity provider, who may get passkeys. Never deleted by an import.
 */
@Entity
@Table(name = "directory_user")
@SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
public class User extends SealedRow {

  static final String KIND = "user";

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  private long id;

  @Column(name = "integration_id", updatable = false)
  private long integrationId;

  @Column(name = "external_id", updatable = false)
  private String externalId;

  private String login;

  @Column(name = "display_name")
  private String displayName;

  private @Nullable String email;

  @Enumerated(EnumType.STRING)
  private Status status;

  @Column(name = "imported_at", updatable = false)
  private Instant importedAt;

  @Column(name = "last_seen_at")
  private Instant lastSeenAt;

  @Column(name = "seen_by_import")
  private long seenByImport;

  /** Whether {@link UserImported} has been recorded. */
  private boolean announced;

  @Column(name = "login_key")
  private String loginKey;

  @Column(name = "name_key")
  private String nameKey;

  @Column(name = "search_text")
  private String searchText;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected User() {}

  public User(long integrationId, DirectoryUser source, long importId, Instant now) {
    this.integrationId = integrationId;
    this.externalId = source.id();
    this.importedAt = now;
    this.lastSeenAt = now;
    this.seenByImport = importId;
    take(source);
  }

  /** Takes profile and status over; whether anything changed. */
  public boolean update(DirectoryUser source) {
    if (isAsIn(source)) {
      return false;
    }
    if (status == Status.LEFT) {
      // A returning user counts as newly imported: the passkeys were revoked at the departure.
      announced = false;
    }
    take(source);
    return true;
  }

  private boolean isAsIn(DirectoryUser source) {
    return status == source.status()
        && login.equals(source.login())
        && displayName.equals(source.displayName())
        && Objects.equals(email, source.email().orElse(null));
  }

  private void take(DirectoryUser source) {
    login = source.login();
    displayName = source.displayName();
    email = source.email().orElse(null);
    status = source.status();
    loginKey = sortKey(login);
    nameKey = sortKey(displayName);
    searchText = String.join("\n", loginKey, nameKey, email == null ? "" : sortKey(email));
  }

  void markLeft() {
    status = Status.LEFT;
  }

  public void markAnnounced() {
    announced = true;
  }

  /** What case is ignored by: in searches and in the order of lists. */
  static String sortKey(String text) {
    String key = text.toLowerCase(Locale.ROOT);
    // A few letters become longer in lower case.
    return key.length() <= 255 || text.length() > 255 ? key : Text.cut(key, 255);
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
    return login;
  }

  /** The account, and all by which people know whose it is, or send a code there. */
  @Override
  protected List<String> sealedValues() {
    return texts(id, integrationId, externalId, login, displayName, email);
  }

  public long integrationId() {
    return integrationId;
  }

  /** Identifier at the identity provider. */
  public String externalId() {
    return externalId;
  }

  public String login() {
    return login;
  }

  public String displayName() {
    return displayName;
  }

  public Optional<String> email() {
    return Optional.ofNullable(email);
  }

  public Status status() {
    return status;
  }

  public Instant importedAt() {
    return importedAt;
  }

  /** When an import last met this user. */
  public Instant lastSeenAt() {
    return lastSeenAt;
  }

  public boolean isSeenBy(long importId) {
    return seenByImport == importId;
  }

  /** Without personal data, so that it may appear in logs. */
  @Override
  public String toString() {
    return "User[id=" + id + ", status=" + status + "]";
  }
}
