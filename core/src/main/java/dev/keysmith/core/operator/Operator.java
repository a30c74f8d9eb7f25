package dev.keysmith.core.operator;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.seal.SealedRow;
import dev.keysmith.spi.Bytes;
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
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A person who uses the panel. Disabled, never removed, because the audit log names it. */
@Entity
@Table(name = "operator_account")
@SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
public class Operator extends SealedRow {

  static final String KIND = "operator";

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  private long id;

  private String login;
  private String name;

  @Enumerated(EnumType.STRING)
  private Role role;

  private boolean enabled;

  @Column(name = "user_handle")
  private String userHandle;

  private @Nullable String password;
  private @Nullable String identity;
  private Instant created;

  @Column(name = "created_by")
  private String createdBy;

  @Column(name = "last_sign_in")
  private @Nullable Instant lastSignIn;

  @Column(name = "sessions_from")
  private Instant sessionsFrom;

  @Version private long version;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected Operator() {}

  Operator(NewOperator wanted, Bytes userHandle, Instant created, String createdBy) {
    this.login = wanted.login();
    this.name = wanted.name();
    this.role = wanted.role();
    this.enabled = true;
    this.userHandle = userHandle.toBase64Url();
    this.created = created;
    this.createdBy = createdBy;
    this.sessionsFrom = created;
  }

  /** The identifier. */
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

  @Override
  protected List<String> sealedValues() {
    return texts(id, login, role, enabled, userHandle, password, identity, sessionsFrom);
  }

  /** The operator as one who does something. */
  public Actor actor() {
    return Actor.operator(id, login);
  }

  /** The name to sign in with, in lower case; the name under which actions are audited. */
  public String login() {
    return login;
  }

  /** What people call the operator. */
  public String name() {
    return name;
  }

  /** What the operator may do. */
  public Role role() {
    return role;
  }

  /** Whether the operator may sign in. */
  public boolean enabled() {
    return enabled && !isChangedOutside();
  }

  /** The same password, hashed anew; sessions go on. */
  void rehash(String outdated, String anew) {
    if (outdated.equals(password)) {
      password = anew;
    }
  }

  /** WebAuthn's {@code user.id}: random, says nothing about the person. */
  public Bytes userHandle() {
    return Bytes.of(Base64.getUrlDecoder().decode(userHandle));
  }

  /** Whether the operator can sign in with a password. */
  public boolean hasPassword() {
    return password != null;
  }

  /** Whether the operator comes from an OpenID provider, which then says the role. */
  public boolean isExternal() {
    return identity != null;
  }

  /** When the account was made. */
  public Instant created() {
    return created;
  }

  /** Who made it. */
  public String createdBy() {
    return createdBy;
  }

  /** When the operator signed in last. */
  public Optional<Instant> lastSignIn() {
    return Optional.ofNullable(lastSignIn);
  }

  /** Whether a session that began at this time may go on. */
  public boolean accepts(Instant sessionBegun) {
    return enabled() && !sessionBegun.isBefore(sessionsFrom);
  }

  Optional<String> password() {
    return Optional.ofNullable(password);
  }

  void comesFrom(String identity) {
    this.identity = identity;
  }

  /** Takes over what the OpenID provider says now. */
  void follow(String name, Role role) {
    this.name = name;
    this.role = role;
  }

  void signIn(Instant now) {
    lastSignIn = now;
  }

  void changeRole(Role role) {
    this.role = role;
  }

  void disable(Instant now) {
    enabled = false;
    endSessions(now);
  }

  /**
   * Ends an account that was changed outside: disabled, and without a password that may be
   * another's.
   */
  void shut(Instant now) {
    disable(now);
    password = null;
    seal();
  }

  /** What was changed outside is believed again, but not a password that may be another's. */
  void enable() {
    enabled = true;
    if (isChangedOutside()) {
      password = null;
      seal();
    }
  }

  /** Ends the sessions that began with the old password. */
  void changePassword(String hash, Instant now) {
    password = hash;
    endSessions(now);
  }

  void forgetPassword() {
    password = null;
  }

  void endSessions(Instant now) {
    sessionsFrom = now;
  }
}
