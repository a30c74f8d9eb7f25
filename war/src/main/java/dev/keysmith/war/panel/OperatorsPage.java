package dev.keysmith.war.panel;

import dev.keysmith.core.operator.NewOperator;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.Operators;
import dev.keysmith.core.operator.Role;
import dev.keysmith.core.operator.SetUps;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.war.login.CurrentOperator;
import dev.keysmith.war.login.Links;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts of operators. */
@Named("operators")
@RequestScoped
@OnlyFor(Role.ADMINISTRATOR)
public class OperatorsPage {

  @Inject Operators operators;
  @Inject SetUps setUps;
  @Inject Links links;
  @Inject CurrentOperator current;
  @Inject Acting acting;
  @Inject HttpServletRequest request;

  private String login = "";
  private String name = "";
  private Role role = Role.OPERATOR;
  private String link = "";
  private String linkFor = "";
  private @Nullable List<Operator> all;

  /** The login of a new operator. */
  public String getLogin() {
    return login;
  }

  /** Called by Faces. */
  public void setLogin(String login) {
    this.login = login;
  }

  /** The name of a new operator. */
  public String getName() {
    return name;
  }

  /** Called by Faces. */
  public void setName(String name) {
    this.name = name;
  }

  /** The role of a new operator. */
  public Role getRole() {
    return role;
  }

  /** Called by Faces. */
  public void setRole(Role role) {
    this.role = role;
  }

  /** The set-up link that has just been issued, shown this once. */
  public String getLink() {
    return link;
  }

  /** Whose link it is. */
  public String getLinkFor() {
    return linkFor;
  }

  /** The roles that there are. */
  public Role[] getRoles() {
    return Role.values();
  }

  /** All operators, by login. */
  public List<Operator> getAll() {
    if (all == null) {
      all = operators.list(new PageRequest(0, PageRequest.MAX_LIMIT, "login", Map.of())).items();
    }
    return all;
  }

  /** Makes an account, and the link by which its owner sets it up. */
  public void create() {
    acting.act(
        () -> {
          Operator made = operators.create(current.actor(), new NewOperator(login, name, role));
          issue(made);
        },
        "operators.created");
    all = null;
  }

  /** Issues another link. */
  public void invite(Operator operator) {
    acting.act(() -> issue(operator), "operators.invited");
  }

  /** Keeps an operator out. */
  public void disable(Operator operator) {
    acting.act(() -> operators.disable(current.actor(), operator.id()), "operators.disabled");
    all = null;
  }

  /** Lets an operator in again. */
  public void enable(Operator operator) {
    acting.act(() -> operators.enable(current.actor(), operator.id()), "operators.enabled");
    all = null;
  }

  /** Changes what an operator may do. */
  public void changeRole(Operator operator, Role wanted) {
    acting.act(
        () -> operators.changeRole(current.actor(), operator.id(), wanted),
        "operators.role-changed");
    all = null;
  }

  private void issue(Operator operator) {
    link = links.address(setUps.issue(current.actor(), operator.id()), request);
    linkFor = operator.login();
  }
}
