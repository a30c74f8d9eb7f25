package dev.keysmith.war.panel.integration;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.integration.LastCheck;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.plugin.BrokenPlugin;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.plugin.guard.PluginFault;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Parameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;

/** The connected identity providers, and those that can be. */
@Named("integrations")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.AUDITOR})
public class IntegrationsPage {

  @Inject Integrations integrations;
  @Inject Plugins plugins;
  @Inject CurrentOperator current;
  @Inject Reauthentication fresh;
  @Inject FacesActions acting;
  @Inject HttpServletRequest request;

  private long value;

  /** Which integration an act is about. */
  public long getValue() {
    return value;
  }

  /** Called by Faces. */
  public void setValue(long value) {
    this.value = value;
  }

  /** The connected identity providers, by label. */
  public List<Integration> getAll() {
    return integrations.list(new PageRequest(0, PageRequest.MAX_LIMIT, "label", Map.of())).items();
  }

  /** The kinds of identity providers that can be connected. */
  public List<IdentityProviderFactory> getProviders() {
    return plugins.identityProviders();
  }

  /** What a kind of identity provider is called. */
  public String provider(String plugin) {
    return getProviders().stream()
        .filter(each -> each.name().equals(plugin))
        .map(IdentityProviderFactory::label)
        .findFirst()
        .orElse(plugin);
  }

  /** Plugins that cannot be used, and why. */
  public List<BrokenPlugin> getBroken() {
    return plugins.broken();
  }

  /** What the other plugins do wrong now. */
  public List<PluginFault> getFaults() {
    return plugins.faults();
  }

  /** The key of the words for how an integration is. */
  public String state(Integration integration) {
    if (!integration.isEnabled()) {
      return "integrations.off";
    }
    return integration
        .lastCheck()
        .map(check -> check.ok() ? "integrations.works" : "integrations.fails")
        .orElse("integrations.unchecked");
  }

  /** The colour of that. */
  public String colour(Integration integration) {
    if (!integration.isEnabled()) {
      return "ks-off";
    }
    return integration
        .lastCheck()
        .map(check -> check.ok() ? "ks-good" : "ks-bad")
        .orElse("ks-warn");
  }

  /** Whether this integration has just been saved, so that its check begins by itself. */
  public boolean isJustSaved(Integration integration) {
    return Parameters.optionalId(request, "saved").filter(id -> id == integration.id()).isPresent()
        && integration.lastCheck().isEmpty()
        && integration.isEnabled();
  }

  /** Asks the identity provider whether all is well. */
  @OnlyFor(Role.ADMINISTRATOR)
  public void check() {
    acting.actQuietly(
        () -> {
          LastCheck check = integrations.check(current.actor(), value);
          acting.sayWhether(check.ok(), "integrations.check-good", "integrations.check-bad");
        });
  }

  /** Lets the server ask it again. */
  @OnlyFor(Role.ADMINISTRATOR)
  public void enable() {
    change(() -> integrations.enable(current.actor(), value, true), "integrations.enabled");
  }

  /** Lets the server ask nothing of it. */
  @OnlyFor(Role.ADMINISTRATOR)
  public void disable() {
    change(() -> integrations.enable(current.actor(), value, false), "integrations.disabled");
  }

  /** Removes it with its users and groups. */
  @OnlyFor(Role.ADMINISTRATOR)
  public void remove() {
    change(() -> integrations.remove(current.actor(), value), "integrations.removed");
  }

  private void change(Runnable act, String done) {
    acting.act(
        () -> {
          fresh.require(request);
          act.run();
        },
        done);
  }
}
