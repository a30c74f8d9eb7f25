package dev.keysmith.war.panel.key;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.custody.KeyReplacement;
import dev.keysmith.core.custody.PasskeyDisposal;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.enrolment.PasskeysOnKeys;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.PageMessage;
import dev.keysmith.war.panel.page.Parameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One security key: what it is, whose it is, what is on it. */
@Named("securityKey")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class KeyPage {

  @Inject SecurityKeys keys;
  @Inject Users users;
  @Inject Passkeys passkeys;
  @Inject PasskeysOnKeys onKeys;
  @Inject KeyLifecycle lifecycle;
  @Inject Integrations integrations;
  @Inject CurrentOperator current;
  @Inject FacesActions acting;
  @Inject HttpServletRequest request;

  private @Nullable SecurityKey key;
  private @Nullable List<Passkey> held;
  private @Nullable List<Passkey> inUse;
  private String tag = "";
  private String login = "";
  private boolean revoking = true;
  private @Nullable String newKey;
  private String reason = SecurityKey.State.LOST.name();

  /** An address that names no key leads to all of them. */
  public void arrive() {
    if (Parameters.optionalId(request, "id").isEmpty()) {
      acting.go(Page.KEYS.path());
    }
  }

  /** The key; the address says which. */
  public SecurityKey getKey() {
    if (key == null) {
      key = keys.find(Parameters.id(request, "id"));
    }
    return key;
  }

  /** The firmware version; empty if the key tells none. */
  public String getFirmware() {
    return getKey().firmware().map(Firmware::text).orElse("");
  }

  /** Its owner; null if it has none. */
  public @Nullable User getOwner() {
    return getKey().ownerId().map(users::find).orElse(null);
  }

  /** The passkeys that are or were on it, the newest first. */
  public List<Passkey> getPasskeys() {
    if (held == null) {
      Map<String, String> filter = Map.of("key", Long.toString(getKey().id()));
      held = passkeys.list(new PageRequest(0, 50, "", filter)).items();
    }
    return held;
  }

  /** The passkeys on it by which a user can sign in, or soon can. */
  public List<Passkey> getInUse() {
    if (inUse == null) {
      inUse = onKeys.inUse(getKey().id());
    }
    return inUse;
  }

  /** Their ids, for the dialog to say what was seen. */
  public String getSeen() {
    return getInUse().stream()
        .map(each -> Long.toString(each.id()))
        .collect(Collectors.joining(","));
  }

  /** Whose passkey it is. */
  public String whose(Passkey passkey) {
    return users.find(passkey.userId()).displayName();
  }

  /** Where a passkey opens the door. */
  public String provider(Passkey passkey) {
    return integrations.find(passkey.integrationId()).label();
  }

  /** Whether a user could still sign in with it. */
  public boolean isUsable() {
    return !getInUse().isEmpty();
  }

  /** Whether the key is in a state. */
  public boolean is(String state) {
    return getKey().state() == SecurityKey.State.valueOf(state);
  }

  /** The asset tag that is wanted. */
  public String getTag() {
    return getKey().assetTag().orElse("");
  }

  /** Called by Faces. */
  public void setTag(String tag) {
    this.tag = tag;
  }

  /** The login of the user who is to have it. */
  public String getLogin() {
    return login;
  }

  /** Called by Faces. */
  public void setLogin(String login) {
    this.login = login;
  }

  /** Whether what is on the key is to be revoked too. */
  public boolean isRevoking() {
    return revoking;
  }

  /** Called by Faces. */
  public void setRevoking(boolean revoking) {
    this.revoking = revoking;
  }

  /** The id of the key that its owner gets in place of it; null for one in no inventory. */
  public @Nullable String getNewKey() {
    return newKey;
  }

  /** Called by Faces, with null for no key. */
  public void setNewKey(@Nullable String newKey) {
    this.newKey = newKey;
  }

  /** Why it is replaced. */
  public String getReason() {
    return reason;
  }

  /** Called by Faces. */
  public void setReason(String reason) {
    this.reason = reason;
  }

  /** Keys that its owner can get in place of it. */
  public List<SecurityKey> getStock() {
    Map<String, String> filter = Map.of("state", SecurityKey.State.IN_STOCK.name());
    return keys.list(new PageRequest(0, PageRequest.MAX_LIMIT, "assetTag", filter)).items();
  }

  /** Labels it. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void label() {
    acting.act(() -> keys.tag(current.actor(), getKey().id(), tag), "security-key.tagged");
  }

  /** Gives it to a user. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void assign() {
    acting.act(
        () -> lifecycle.assign(current.actor(), getKey().id(), byLogin().id(), disposal()),
        "security-key.assigned-now");
  }

  private User byLogin() {
    PageRequest wanted = new PageRequest(0, PageRequest.MAX_LIMIT, "", Map.of("text", login));
    return users.list(wanted).items().stream()
        .filter(user -> user.login().equalsIgnoreCase(login.strip()))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound(PageMessage.NO_SUCH_LOGIN));
  }

  /** Reports it lost. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void lose() {
    acting.act(
        () -> lifecycle.lose(current.actor(), getKey().id(), disposal()), "security-key.lost-now");
  }

  /** Takes it out of use. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void retire() {
    acting.act(
        () -> lifecycle.retire(current.actor(), getKey().id(), disposal()),
        "security-key.retired-now");
  }

  /** Puts it back in stock. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void restock() {
    acting.act(
        () -> lifecycle.restock(current.actor(), getKey().id(), disposal()),
        "security-key.restocked-now");
  }

  /** Gives its owner another one. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void replace() {
    acting.act(
        () -> {
          Optional<Long> chosen =
              Optional.ofNullable(newKey).filter(it -> !it.isEmpty()).map(Long::valueOf);
          KeyReplacement replacement =
              new KeyReplacement(chosen, SecurityKey.State.valueOf(reason));
          lifecycle.replace(current.actor(), getKey().id(), replacement, disposal());
        },
        "security-key.replaced-now");
  }

  private PasskeyDisposal disposal() {
    PasskeyDisposal disposal = revoking ? PasskeyDisposal.REVOKE : PasskeyDisposal.KEEP;
    return disposal.seeing(Parameters.ids(request, "seen"));
  }
}
