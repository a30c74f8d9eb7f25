package dev.keysmith.war.panel.integration;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.IntegrationDraft;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.integration.LastCheck;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Parameters;
import dev.keysmith.war.panel.page.Viewer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of an identity provider: a form drawn from what its plugin declares. */
@Named("integration")
@RequestScoped
@OnlyFor(Role.ADMINISTRATOR)
public class IntegrationPage {

  @Inject Integrations integrations;
  @Inject Plugins plugins;
  @Inject CurrentOperator current;
  @Inject Reauthentication fresh;
  @Inject FacesActions acting;
  @Inject Viewer viewer;
  @Inject Practice practice;
  @Inject HttpServletRequest request;

  private @Nullable Form form;
  private @Nullable LastCheck answer;

  /** What the address says that the form is for, and what is in it. */
  private static final class Form {

    final Optional<Integration> present;
    final IdentityProviderFactory plugin;
    final List<SettingField> fields;
    String label;
    String labelWrong = "";
    String domains;
    String domainsWrong = "";

    Form(Optional<Integration> present, IdentityProviderFactory plugin, List<SettingField> fields) {
      this.present = present;
      this.plugin = plugin;
      this.fields = fields;
      this.label = present.map(Integration::label).orElse(plugin.label());
      this.domains = present.map(it -> String.join(" ", it.domains())).orElse("");
    }
  }

  private Form form() {
    if (form == null) {
      Optional<Integration> present = Parameters.optionalId(request, "id").map(integrations::find);
      IdentityProviderFactory plugin =
          plugins.identityProvider(
              present.map(Integration::plugin).orElse(Parameters.text(request, "plugin")));
      form =
          new Form(
              present,
              plugin,
              plugin.settings().stream()
                  .map(setting -> field(plugin.name(), setting, present))
                  .toList());
    }
    return form;
  }

  private SettingField field(String plugin, Setting setting, Optional<Integration> present) {
    return new SettingField(
        setting,
        new FieldTexts(plugin, setting, viewer.getTexts()),
        present.filter(it -> it.secretNames().contains(setting.name())).isPresent(),
        present
            .map(it -> it.settings().getOrDefault(setting.name(), ""))
            .filter(text -> !text.isEmpty())
            .or(setting::defaultValue)
            .orElseGet(() -> practised(setting.name(), present)));
  }

  /** In practice mode there is but one origin that can be meant. */
  private String practised(String setting, Optional<Integration> present) {
    return present.isEmpty() && setting.equals("origin") ? practice.getOrg() : "";
  }

  /** Whether the API token of the practice org is to be shown. */
  public boolean isPractising() {
    return practice.isOn() && form().present.isEmpty() && getPlugin().equals("okta");
  }

  /** An address that names neither an integration nor a plugin leads to all of them. */
  public void arrive() {
    if (Parameters.optionalId(request, "id").isEmpty()
        && Parameters.text(request, "plugin").isEmpty()) {
      acting.go(Page.INTEGRATIONS.path());
    }
  }

  /** The id as the address has it; empty for a new one. */
  public String getId() {
    return form().present.map(it -> Long.toString(it.id())).orElse("");
  }

  /** The name of the plugin. */
  public String getPlugin() {
    return form().plugin.name();
  }

  /** What the kind of identity provider is called. */
  public String getProvider() {
    return form().plugin.label();
  }

  /** The fields, as the plugin declares them. */
  public List<SettingField> getFields() {
    return form().fields;
  }

  /** What people know the integration by. */
  public String getLabel() {
    return form().label;
  }

  /** Called by Faces. */
  public void setLabel(String label) {
    form().label = label;
  }

  /** What is wrong with the label; empty if nothing is. */
  public String getLabelWrong() {
    return form().labelWrong;
  }

  /** The custom domains of the identity provider, with a space between two. */
  public String getDomains() {
    return form().domains;
  }

  /** Called by Faces. */
  public void setDomains(String domains) {
    form().domains = domains;
  }

  /** What is wrong with the domains; empty if nothing is. */
  public String getDomainsWrong() {
    return form().domainsWrong;
  }

  private List<String> domains() {
    return Stream.of(getDomains().split("[\\s,;]+")).filter(text -> !text.isEmpty()).toList();
  }

  /** What the identity provider has answered to the test; null before one. */
  public @Nullable LastCheck getAnswer() {
    return answer;
  }

  /** Asks the identity provider with what is entered, and saves nothing. */
  public void test() {
    acting.actQuietly(
        () ->
            answer =
                with(
                    draft ->
                        form()
                            .present
                            .map(it -> integrations.checkSettings(it.id(), draft))
                            .orElseGet(() -> integrations.checkSettings(draft))));
  }

  /** Saves, and goes back to where the check begins by itself. */
  public void save() {
    acting.actQuietly(
        () -> {
          Integration saved = with(this::save);
          acting.go(Page.INTEGRATIONS.path() + "?saved=" + saved.id());
        });
  }

  private Integration save(IntegrationDraft draft) {
    fresh.require(request);
    return form()
        .present
        .map(it -> integrations.change(current.actor(), it.id(), draft))
        .orElseGet(() -> integrations.create(current.actor(), draft));
  }

  private <T> T with(Function<IntegrationDraft, T> act) {
    Map<String, String> texts = new HashMap<>();
    Map<String, char[]> secrets = new HashMap<>();
    for (SettingField field : getFields()) {
      if (field.isConcealed()) {
        field.entered().ifPresent(secret -> secrets.put(field.getName(), secret));
      } else if (!field.getText().isBlank()) {
        texts.put(field.getName(), field.getText());
      }
    }
    try {
      return act.apply(new IntegrationDraft(getLabel(), getPlugin(), domains(), texts, secrets));
    } catch (ProblemException e) {
      complain(e);
      throw e;
    } finally {
      getFields().forEach(SettingField::erase);
    }
  }

  private void complain(ProblemException problem) {
    if (problem.fields().containsKey("label")) {
      form().labelWrong = viewer.getTexts().text("integration.wrong-label");
    }
    if (problem.fields().containsKey("domains")) {
      form().domainsWrong = viewer.getTexts().text("integration.wrong-domains");
    }
    getFields().stream()
        .filter(field -> problem.fields().containsKey(field.getName()))
        .forEach(field -> field.complain(viewer.getTexts()));
  }
}
