package dev.keysmith.core.integration;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A configured identity provider. Its secrets are kept sealed and are never given out. */
@Entity
@Table(name = "integration")
@SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
public class Integration {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  private long id;

  private String label;

  @Column(updatable = false)
  private String plugin;

  private @Nullable String origin;

  private boolean enabled;

  /** Counts the changes of what a provider is made from. */
  private int revision;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "integration_setting", joinColumns = @JoinColumn(name = "integration_id"))
  @MapKeyColumn(name = "name")
  @Column(name = "setting_value")
  private Map<String, String> settings = new HashMap<>();

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "integration_secret", joinColumns = @JoinColumn(name = "integration_id"))
  @MapKeyColumn(name = "name")
  @Column(name = "sealed")
  private Map<String, String> secrets = new HashMap<>();

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "integration_domain", joinColumns = @JoinColumn(name = "integration_id"))
  @Column(name = "domain")
  private Set<String> domains = new HashSet<>();

  /** Of all that decides where its secrets go, and which of them there are. */
  private @Nullable String seal;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "checked_at")
  private @Nullable Instant checkedAt;

  @Column(name = "check_ok")
  private @Nullable Boolean checkOk;

  @Column(name = "check_reason")
  @Enumerated(EnumType.STRING)
  private PluginException.@Nullable Reason checkReason;

  @Column(name = "check_message")
  private @Nullable Message checkMessage;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected Integration() {}

  Integration(String label, String plugin, Instant now) {
    this.label = label;
    this.plugin = plugin;
    this.createdAt = now;
    this.enabled = true;
  }

  /** Takes new settings over; the last check spoke of the old ones. */
  void configure(String newLabel, Map<String, String> texts, @Nullable String newOrigin) {
    label = newLabel;
    origin = newOrigin;
    settings.clear();
    settings.putAll(texts);
    revision++;
    checkedAt = null;
    checkOk = null;
    checkReason = null;
    checkMessage = null;
  }

  /** Takes over the domains at which its users sign in, too. */
  void accept(Set<String> customDomains) {
    domains.clear();
    domains.addAll(customDomains);
  }

  /** Takes new secrets over, and of the old ones keeps only some. */
  void seal(Map<String, String> sealed, Set<String> kept) {
    secrets.keySet().retainAll(kept);
    secrets.putAll(sealed);
    revision++;
  }

  void sealAs(String newSeal) {
    seal = newSeal;
  }

  @Nullable String rowSeal() {
    return seal;
  }

  void enable(boolean on) {
    enabled = on;
  }

  void checked(LastCheck check) {
    checkedAt = check.at();
    checkOk = check.ok();
    checkReason = check.reason().orElse(null);
    checkMessage = check.message();
  }

  /**
   * Does nothing if it is switched on.
   *
   * @throws ProblemException {@code CONFLICT} if it is switched off
   */
  public void requireEnabled() {
    if (!enabled) {
      throw ProblemException.conflict(IntegrationMessage.DISABLED, label);
    }
  }

  public long id() {
    return id;
  }

  public String label() {
    return label;
  }

  /** Name of the plugin. */
  public String plugin() {
    return plugin;
  }

  /** Scheme and host that it speaks to; empty if its plugin has no such setting. */
  public Optional<String> origin() {
    return Optional.ofNullable(origin);
  }

  /** The domains beside its address for which passkeys may be made, by an administrator's word. */
  public Set<String> domains() {
    return Collections.unmodifiableSet(new TreeSet<>(domains));
  }

  /** Whether users of this identity provider sign in at pages of this origin. */
  public boolean signsInAt(WebOrigin page) {
    return origin().filter(page.toString()::equals).isPresent()
        || domains.stream().flatMap(it -> WebOrigin.at(it).stream()).anyMatch(page::equals);
  }

  public boolean isEnabled() {
    return enabled;
  }

  int revision() {
    return revision;
  }

  /** The settings that are no secrets. */
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  /** Names of the secrets that are configured. */
  public Set<String> secretNames() {
    return Set.copyOf(secrets.keySet());
  }

  Map<String, String> sealedSecrets() {
    return Map.copyOf(secrets);
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** How the last check of the present settings ended; empty before the first one. */
  public Optional<LastCheck> lastCheck() {
    return checkedAt == null || checkOk == null || checkMessage == null
        ? Optional.empty()
        : Optional.of(
            new LastCheck(checkedAt, checkOk, Optional.ofNullable(checkReason), checkMessage));
  }

  @Override
  public String toString() {
    return "Integration[id=" + id + ", plugin=" + plugin + "]";
  }
}
