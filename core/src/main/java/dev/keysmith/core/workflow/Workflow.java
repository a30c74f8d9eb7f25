package dev.keysmith.core.workflow;

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
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** A rule that an administrator defines: on a trigger, for some groups, assign a passkey. */
@Entity
@Table(name = "workflow")
public class Workflow {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Version private int version;

  private String name = "";

  @Column(name = "integration_id")
  private long integrationId;

  @Enumerated(EnumType.STRING)
  @Column(name = "trigger_type")
  private Trigger trigger = Trigger.NEW_SECURITY_KEY_ACTIVATED;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "workflow_group", joinColumns = @JoinColumn(name = "workflow_id"))
  @Column(name = "group_id")
  private Set<Long> groupIds = new HashSet<>();

  private boolean enabled = true;

  private Instant created = Instant.EPOCH;

  @Column(name = "decides_since")
  private Instant decidesSince = Instant.EPOCH;

  /** For the persistence provider. */
  protected Workflow() {}

  Workflow(Definition definition, Instant now) {
    this.integrationId = definition.integrationId();
    this.created = now;
    this.decidesSince = now;
    take(definition);
  }

  /** Changes all but the integration, on which its history hangs. */
  void redefine(Definition definition, Instant now) {
    if (trigger != definition.trigger() || (!enabled && definition.enabled())) {
      decidesSince = now;
    }
    take(definition);
  }

  private void take(Definition definition) {
    name = definition.name();
    trigger = definition.trigger();
    enabled = definition.enabled();
    groupIds = new HashSet<>(definition.groupIds());
  }

  /** Identifier. */
  public long id() {
    return id;
  }

  /** What its administrator calls it. */
  public String name() {
    return name;
  }

  /** At which identity provider it assigns passkeys. */
  public long integrationId() {
    return integrationId;
  }

  /** What sets it off. */
  public Trigger trigger() {
    return trigger;
  }

  /** Whose members it concerns; empty means everybody. */
  public Set<Long> groupIds() {
    return Set.copyOf(groupIds);
  }

  /** Whether it acts. */
  public boolean enabled() {
    return enabled;
  }

  /** When it was defined. */
  public Instant created() {
    return created;
  }

  /** It decides about nothing that happened before: it was defined, or switched on, then. */
  public Instant decidesSince() {
    return decidesSince;
  }

  /**
   * What an administrator enters.
   *
   * @param name 1 to 120 characters, unique
   * @param integrationId at which identity provider it assigns passkeys
   * @param trigger what sets it off
   * @param groupIds whose members it concerns; empty means everybody
   * @param enabled whether it acts
   */
  public record Definition(
      String name, long integrationId, Trigger trigger, Set<Long> groupIds, boolean enabled) {

    /** Strips the name and copies the groups. */
    public Definition {
      name = name.strip();
      groupIds = Set.copyOf(groupIds);
    }
  }
}
