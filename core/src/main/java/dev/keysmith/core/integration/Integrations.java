package dev.keysmith.core.integration;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.page.Filter;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.persistence.Constraints;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.core.secret.MasterKeyRotated;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.idp.IdentityProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.criteria.Predicate;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The configured identity providers. */
@ApplicationScoped
public class Integrations {

  private static final Listing<Integration> LISTING =
      Listing.of(Integration.class, "label")
          .sortableAs("created", "createdAt")
          .filter("plugin", Filters.equal("plugin"))
          .filter("text", Filters.contains("label"))
          .filter("check", Integrations::checked);

  @PersistenceContext(unitName = "keysmith")
  EntityManager em;

  @Inject Plugins plugins;
  @Inject StoredIntegrations stored;
  @Inject OpenProviders providers;
  @Inject SecretSeals seals;
  @Inject IntegrationChecks checks;
  @Inject Audit audit;
  @Inject Clock clock;

  private static Predicate checked(Filter.Scope<Integration> scope, String value) {
    return switch (value) {
      case "OK" -> scope.builder().isTrue(scope.root().get("checkOk"));
      case "FAILED" -> scope.builder().isFalse(scope.root().get("checkOk"));
      case "NONE" -> scope.builder().isNull(scope.root().get("checkOk"));
      default -> throw new IllegalArgumentException(value);
    };
  }

  /**
   * All integrations; can be filtered by {@code plugin}, {@code text} and {@code check} (how the
   * last one ended: OK, FAILED, or NONE if there was none).
   */
  @Transactional
  public Slice<Integration> list(PageRequest request) {
    return LISTING.slice(em, request);
  }

  /**
   * The integration with this id.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is none
   */
  @Transactional
  public Integration find(long id) {
    return stored.find(id);
  }

  /**
   * The same, for a decision by its address or domains: only as the server has written them.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is none; {@code CONFLICT} if it was changed
   *     outside
   */
  public Integration findHeld(long id) {
    Integration integration = stored.find(id);
    seals.requireHeld(integration);
    return integration;
  }

  /**
   * Adds an integration.
   *
   * @throws ProblemException {@code INVALID} with the fields that are wrong; {@code CONFLICT} if
   *     there is one for the same address already
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public Integration create(Actor by, IntegrationDraft draft) {
    List<Setting> declared = plugins.identityProvider(draft.plugin()).settings();
    Map<String, String> texts = SettingsCheck.texts(declared, draft, Set.of());
    Integration integration =
        new Integration(draft.label().strip(), draft.plugin(), clock.instant());
    configure(integration, draft, declared, texts);
    em.persist(integration);
    integration.seal(seals.seal(integration, draft.secrets()), Set.of());
    seals.sealRow(integration);
    store(integration);
    record(by, "integration.created", integration);
    return integration;
  }

  /**
   * Changes label and settings; secrets that are left out stay, unless the address changes: a
   * credential is not sent anywhere else than where it was entered for.
   *
   * @throws ProblemException as {@link #create}
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public Integration change(Actor by, long id, IntegrationDraft draft) {
    Integration integration = stored.lock(id);
    List<Setting> declared = declaredFor(integration, draft);
    Set<String> kept = kept(integration, declared, draft);
    Map<String, String> texts = SettingsCheck.texts(declared, draft, kept);
    Map<String, char[]> clear = seals.opened(integration, kept);
    try {
      configure(integration, draft, declared, texts);
      Map<String, String> sealed = seals.seal(integration, clear);
      sealed.putAll(seals.seal(integration, draft.secrets()));
      integration.seal(sealed, Set.of());
      seals.sealRow(integration);
    } finally {
      clear.values().forEach(secret -> Arrays.fill(secret, '\0'));
    }
    store(integration);
    record(by, "integration.changed", integration);
    return integration;
  }

  private List<Setting> declaredFor(Integration integration, IntegrationDraft draft) {
    if (!integration.plugin().equals(draft.plugin())) {
      throw ProblemException.invalid(IntegrationMessage.PLUGIN_FIXED)
          .at("plugin", ProblemMessage.FIELD_ONE_OF, integration.plugin());
    }
    return plugins.identityProvider(draft.plugin()).settings();
  }

  /** None if they would go elsewhere than where they were entered for, or are not the server's. */
  private Set<String> kept(
      Integration integration, List<Setting> declared, IntegrationDraft draft) {
    if (!SettingsCheck.addresses(declared, draft.texts())
            .equals(SettingsCheck.addresses(declared, integration.settings()))
        || !seals.hold(integration)) {
      return Set.of();
    }
    Set<String> kept = new HashSet<>(integration.secretNames());
    kept.removeAll(draft.secrets().keySet());
    return kept;
  }

  private void configure(
      Integration integration,
      IntegrationDraft draft,
      List<Setting> declared,
      Map<String, String> texts) {
    Optional<String> origin = SettingsCheck.origin(declared, texts);
    origin.ifPresent(address -> requireNew(integration, address));
    integration.configure(draft.label().strip(), texts, origin.orElse(null));
    if (draft.domains() != null) {
      integration.accept(CustomDomains.canonical(draft.domains()));
    }
  }

  private void requireNew(Integration integration, String origin) {
    em.createQuery(
            "select i from Integration i where i.plugin = :plugin and i.origin = :origin"
                + " and i.id <> :id",
            Integration.class)
        .setParameter("plugin", integration.plugin())
        .setParameter("origin", origin)
        .setParameter("id", integration.id())
        .getResultStream()
        .findFirst()
        .ifPresent(
            other -> {
              throw ProblemException.conflict(IntegrationMessage.EXISTS, other.label(), origin);
            });
  }

  /** Another operator may have added the same since {@link #requireNew}. */
  private void store(Integration integration) {
    try {
      em.flush();
    } catch (PersistenceException e) {
      if (Constraints.violated(e)) {
        throw ProblemException.conflict(
            IntegrationMessage.EXISTS_MEANWHILE, integration.origin().orElse(""));
      }
      throw e;
    }
  }

  /** Switches an integration on or off; while it is off nothing is asked of it. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public Integration enable(Actor by, long id, boolean on) {
    Integration integration = stored.lock(id);
    if (integration.isEnabled() != on) {
      boolean held = seals.hold(integration);
      integration.enable(on);
      if (held) {
        seals.sealRow(integration);
      }
      record(by, on ? "integration.enabled" : "integration.disabled", integration);
    }
    return integration;
  }

  /**
   * Removes an integration with the users and groups that came through it.
   *
   * @throws ProblemException {@code CONFLICT} if passkeys or workflows hang on it
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public void remove(Actor by, long id) {
    Integration integration = stored.lock(id);
    try {
      em.remove(integration);
      em.flush();
    } catch (PersistenceException e) {
      if (!Constraints.violated(e)) {
        throw e;
      }
      throw ProblemException.conflict(IntegrationMessage.IN_USE, integration.label());
    }
    record(by, "integration.removed", integration);
    providers.forget(id);
  }

  /**
   * The provider of an integration, shared by all callers. Ask for it before each call and do not
   * close it. Call without transaction.
   *
   * @throws ProblemException {@code NOT_FOUND}; {@code CONFLICT} if it is switched off
   */
  public IdentityProvider open(long id) {
    Integration integration = find(id);
    integration.requireEnabled();
    return providers.open(integration);
  }

  /** Checks address, credential and permissions, and keeps the result. Call without transaction. */
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public LastCheck check(Actor by, long id) {
    Integration integration = find(id);
    LastCheck check = checks.ask(() -> providers.open(integration).check());
    checks.record(by, integration, check);
    return check;
  }

  /** Checks settings before they are saved. Call without transaction. */
  public LastCheck checkSettings(IntegrationDraft draft) {
    List<Setting> declared = plugins.identityProvider(draft.plugin()).settings();
    return checkOnce(
        new ProviderParameters(
            draft.plugin(), SettingsCheck.texts(declared, draft, Set.of()), copies(draft)));
  }

  /** The same for changed settings; secrets that are left out are those of the integration. */
  public LastCheck checkSettings(long id, IntegrationDraft draft) {
    Integration integration = find(id);
    List<Setting> declared = declaredFor(integration, draft);
    Set<String> kept = kept(integration, declared, draft);
    Map<String, String> texts = SettingsCheck.texts(declared, draft, kept);
    Map<String, Supplier<char[]>> secrets = new HashMap<>(seals.openers(integration));
    secrets.keySet().retainAll(kept);
    secrets.putAll(copies(draft));
    return checkOnce(new ProviderParameters(draft.plugin(), texts, secrets));
  }

  private LastCheck checkOnce(ProviderParameters blueprint) {
    return checks.ask(
        () -> {
          try (IdentityProvider provider = blueprint.make(plugins)) {
            return provider.check();
          }
        });
  }

  private static Map<String, Supplier<char[]>> copies(IntegrationDraft draft) {
    Map<String, Supplier<char[]>> copies = new HashMap<>();
    draft
        .secrets()
        .forEach(
            (name, secret) -> {
              if (secret.length > 0) {
                copies.put(name, secret::clone);
              }
            });
    return copies;
  }

  /** Seals every secret under the present master key. */
  @Transactional
  void reseal(@Observes MasterKeyRotated rotated) {
    for (Integration each :
        em.createQuery("select i from Integration i order by i.id", Integration.class)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList()) {
      each.seal(seals.renewed(each), each.secretNames());
    }
  }

  private void record(Actor by, String action, Integration integration) {
    audit.record(
        by,
        action,
        Subject.of("integration", integration.id(), integration.label()),
        Map.of(
            "plugin",
            integration.plugin(),
            "origin",
            integration.origin().orElse(""),
            "domains",
            String.join(" ", integration.domains())));
  }
}
