package dev.keysmith.war.panel.account;

import dev.keysmith.core.operator.SetUpNames;
import dev.keysmith.core.operator.SignInSettings;
import dev.keysmith.war.login.setup.SetUpByPassword;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;

/** The page that a set-up link leads to. */
@Named("setUp")
@RequestScoped
@OnlyFor({})
public class SetUpPage {

  @Inject SetUpByPassword setUp;
  @Inject SignInSettings settings;
  @Inject FacesActions acting;
  @Inject HttpServletRequest request;

  private String login = "";
  private String name = "";
  private char[] link = new char[0];
  private char[] password = new char[0];

  /** Whether passwords are taken. */
  public boolean isByPassword() {
    return !settings.passkeysOnly();
  }

  /** The login of the first account. */
  public String getLogin() {
    return login;
  }

  /** Called by Faces. */
  public void setLogin(String login) {
    this.login = login;
  }

  /** The name of the owner of the first account. */
  public String getName() {
    return name;
  }

  /** Called by Faces. */
  public void setName(String name) {
    this.name = name;
  }

  /** The secret of the link, which no page shows. */
  public char[] getLink() {
    return new char[0];
  }

  /** Called by Faces. */
  public void setLink(char[] link) {
    this.link = link;
  }

  /** The password, which no page shows. */
  public char[] getPassword() {
    return new char[0];
  }

  /** Called by Faces. */
  public void setPassword(char[] password) {
    this.password = password;
  }

  /** Sets the password and signs in. */
  public void setUp() {
    try {
      acting.actAndGo(
          () -> setUp.run(request, link, new SetUpNames(login, name), password),
          "/panel/dashboard");
    } finally {
      Arrays.fill(link, '\0');
      Arrays.fill(password, '\0');
    }
  }
}
