package dev.keysmith.war.panel.account;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.OperatorPasskey;
import dev.keysmith.core.operator.OperatorPasskeys;
import dev.keysmith.core.operator.Operators;
import dev.keysmith.core.operator.Passwords;
import dev.keysmith.core.operator.SignInSettings;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.PanelSessions;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;

/** The own account: password and passkeys. */
@Named("account")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class AccountPage {

  @Inject Operators operators;
  @Inject OperatorPasskeys passkeys;
  @Inject Passwords passwords;
  @Inject SignInSettings settings;
  @Inject CurrentOperator current;
  @Inject PanelSessions sessions;
  @Inject Reauthentication fresh;
  @Inject FacesActions acting;
  @Inject HttpServletRequest request;

  private char[] present = new char[0];
  private char[] wanted = new char[0];
  private long value;

  /** The present password, which no page shows. */
  public char[] getPresent() {
    return new char[0];
  }

  /** Called by Faces. */
  public void setPresent(char[] present) {
    this.present = present;
  }

  /** The new password, which no page shows. */
  public char[] getWanted() {
    return new char[0];
  }

  /** Called by Faces. */
  public void setWanted(char[] wanted) {
    this.wanted = wanted;
  }

  /** Which passkey is to be removed. */
  public long getValue() {
    return value;
  }

  /** Called by Faces. */
  public void setValue(long value) {
    this.value = value;
  }

  /** Whether passwords are taken. */
  public boolean isByPassword() {
    return !settings.passkeysOnly();
  }

  /** The account. */
  public Operator getOperator() {
    return operators.get(id());
  }

  /** Its passkeys. */
  public List<OperatorPasskey> getPasskeys() {
    return passkeys.list(id());
  }

  /** Changes the password; other sessions end, this one goes on. */
  public void changePassword() {
    try {
      boolean done =
          acting.act(
              () -> {
                if (!getOperator().hasPassword()) {
                  fresh.require(request);
                }
                passwords.change(current.actor(), id(), present, wanted);
                sessions.renew(request);
              },
              "account.password-changed");
      if (done) {
        drawPasswordAgain();
      }
    } finally {
      Arrays.fill(present, '\0');
      Arrays.fill(wanted, '\0');
    }
  }

  /** Leaves passkeys alone as the way in. */
  public void removePassword() {
    boolean done =
        acting.act(
            () -> {
              fresh.require(request);
              passwords.remove(current.actor(), id());
            },
            "account.password-removed");
    if (done) {
      drawPasswordAgain();
    }
  }

  /** Only when it is done: what was entered is still needed where the page asks for more. */
  private static void drawPasswordAgain() {
    FacesContext.getCurrentInstance().getPartialViewContext().getRenderIds().add("password-form");
  }

  /** Removes a passkey. */
  public void removePasskey() {
    acting.act(
        () -> {
          fresh.require(request);
          passkeys.remove(current.actor(), id(), value);
        },
        "account.passkey-removed");
  }

  /** Ends all other sessions. */
  public void signOutElsewhere() {
    acting.act(
        () -> {
          operators.endSessions(current.actor(), id());
          sessions.renew(request);
        },
        "account.signed-out-elsewhere");
  }

  private long id() {
    return current.principal().operatorId().orElseThrow();
  }
}
