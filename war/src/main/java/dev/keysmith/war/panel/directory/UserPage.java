package dev.keysmith.war.panel.directory;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.AuditEntry;
import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.war.body.FormFields;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.list.ListQuery;
import dev.keysmith.war.panel.list.ListView;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Parameters;
import dev.keysmith.war.panel.page.Viewer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One user: who it is, the passkeys, the security keys, what has happened. */
@Named("person")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class UserPage {

  /** The tabs, in their order. */
  private static final List<String> TABS = List.of("info", "passkeys", "keys", "activity");

  @Inject Users users;
  @Inject Passkeys passkeys;
  @Inject SecurityKeys keys;
  @Inject Integrations integrations;
  @Inject Plugins plugins;
  @Inject Audit audit;
  @Inject CurrentOperator current;
  @Inject FacesActions acting;
  @Inject Viewer viewer;
  @Inject HttpServletRequest request;

  private @Nullable User user;
  private @Nullable Integration integration;
  private @Nullable List<Passkey> held;
  private long value;

  /** Which passkey an act is about. */
  public long getValue() {
    return value;
  }

  /** Called by Faces. */
  public void setValue(long value) {
    this.value = value;
  }

  /** An address that names no user leads to all of them. */
  public void arrive() {
    if (Parameters.optionalId(request, "id").isEmpty()) {
      acting.go(Page.USERS.path());
    }
  }

  /** The user; the address says which. */
  public User getUser() {
    if (user == null) {
      user = users.find(Parameters.id(request, "id"));
    }
    return user;
  }

  /** Where the user comes from. */
  public Integration getIntegration() {
    if (integration == null) {
      integration = integrations.find(getUser().integrationId());
    }
    return integration;
  }

  /** What the kind of identity provider is called, for instance Okta. */
  public String getProvider() {
    String name = getIntegration().plugin();
    return plugins.identityProviders().stream()
        .filter(each -> each.name().equals(name))
        .map(each -> each.label())
        .findFirst()
        .orElse(name);
  }

  /** The tab that is shown. */
  public String getTab() {
    return FormFields.of(request).value("tab").filter(TABS::contains).orElse("info");
  }

  /** The address of a tab. */
  public String tab(String name) {
    return Page.USER.path() + "?id=" + getUser().id() + "&tab=" + name;
  }

  /** The groups of the user. */
  public List<Group> getGroups() {
    return users.groupsOf(getUser().id());
  }

  /** The passkeys of the user, the newest first. */
  public List<Passkey> getPasskeys() {
    if (held == null) {
      held = passkeys.list(of("user")).items();
    }
    return held;
  }

  /** Whether something may happen to the passkeys soon. */
  public boolean isUnderWay() {
    return getPasskeys().stream().anyMatch(each -> each.isPending() || each.awaitsRemoval());
  }

  /** The security keys of the user. */
  public List<SecurityKey> getKeys() {
    return keys.list(of("owner")).items();
  }

  /** What the security key of a passkey is called; empty if there is none. */
  public String keyName(Passkey passkey) {
    return passkey.keyId().map(keys::find).map(UserPage::name).orElse("");
  }

  private static String name(SecurityKey key) {
    return key.assetTag()
        .or(key::serialNumber)
        .map(mark -> key.model() + " · " + mark)
        .orElse(key.model());
  }

  /** What has happened to the user. */
  public ListView<AuditEntry> getActivity() {
    ListQuery query = ListQuery.of(request, Page.USER.path(), List.of("id", "tab"), List.of());
    return ListView.load(
        query,
        wanted ->
            audit.list(
                wanted
                    .with("subjectType", "user")
                    .with("subjectId", Long.toString(getUser().id()))));
  }

  /** What was done, in words. */
  public String words(String action) {
    return viewer.getTexts().textOr("action." + action, action);
  }

  private PageRequest of(String filter) {
    return new PageRequest(
        0, PageRequest.MAX_LIMIT, "", Map.of(filter, Long.toString(getUser().id())));
  }

  /** Promises a passkey. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void assign() {
    acting.act(
        () -> passkeys.assign(current.actor(), getUser().id(), getUser().integrationId()),
        "person.assigned");
  }

  /** Lets a passkey that failed wait for its key again. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void retry() {
    acting.act(() -> passkeys.retry(current.actor(), value), "person.retried");
  }

  /** Withdraws a passkey. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void revoke() {
    acting.act(() -> passkeys.revoke(current.actor(), value), "person.revoked");
  }
}
