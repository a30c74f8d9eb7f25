package dev.keysmith.war.panel.account;

import dev.keysmith.core.operator.SignInSettings;
import dev.keysmith.war.body.FormFields;
import dev.keysmith.war.login.openid.OpenIdSignIn;
import dev.keysmith.war.login.panel.PasswordSignIn;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Viewer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;

/** The sign-in page. */
@Named("signIn")
@RequestScoped
@OnlyFor({})
public class SignInPage {

  @Inject PasswordSignIn passwords;
  @Inject SignInSettings settings;
  @Inject OpenIdSignIn openId;
  @Inject FacesActions acting;
  @Inject Viewer viewer;
  @Inject HttpServletRequest request;

  private String login = "";
  private char[] password = new char[0];

  /** The login. */
  public String getLogin() {
    return login;
  }

  /** Called by Faces. */
  public void setLogin(String login) {
    this.login = login;
  }

  /** The password, which no page shows. */
  public char[] getPassword() {
    return new char[0];
  }

  /** Called by Faces. */
  public void setPassword(char[] password) {
    this.password = password;
  }

  /** Where to go then. */
  public String getTo() {
    return PasswordSignIn.safe(parameter("to"));
  }

  /** Whether a session has ended. */
  public boolean isOver() {
    return parameter("over").equals("true");
  }

  /** What the OpenID provider's way back has to tell. */
  public String getProblem() {
    String code = parameter("problem");
    return code.isEmpty()
        ? ""
        : viewer.getTexts().message(code).orElseGet(() -> viewer.getTexts().text("sign-in.failed"));
  }

  /** Whether passwords are taken. */
  public boolean isByPassword() {
    return !settings.passkeysOnly();
  }

  /** What the button of the OpenID provider says; empty if there is none. */
  public String getOpenIdLabel() {
    return openId.label().orElse("");
  }

  /** Who is signed in needs no sign-in page. */
  public void arrive() {
    if (viewer.isSignedIn()) {
      acting.go(getTo());
    }
  }

  /** Signs in. */
  public void signIn() {
    HttpServletResponse response =
        (HttpServletResponse) FacesContext.getCurrentInstance().getExternalContext().getResponse();
    String to = getTo();
    try {
      acting.actAndGo(() -> passwords.signIn(request, response, login, password), to);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private String parameter(String name) {
    return FormFields.of(request).value(name).orElse("");
  }
}
