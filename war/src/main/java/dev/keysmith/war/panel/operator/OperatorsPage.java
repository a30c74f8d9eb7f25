package dev.keysmith.war.panel.operator;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.operator.NewOperator;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.Operators;
import dev.keysmith.core.operator.SetUps;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.login.setup.Links;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.list.ListQuery;
import dev.keysmith.war.panel.list.ListView;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The people who use the panel: who they are, what they may do, and their way in. */
@Named("operators")
@RequestScoped
@OnlyFor(Role.ADMINISTRATOR)
public class OperatorsPage {

  private static final List<String> FILTERS = List.of("text", "role", "enabled");

  @Inject Operators operators;
  @Inject SetUps setUps;
  @Inject Links links;
  @Inject CurrentOperator current;
  @Inject Reauthentication fresh;
  @Inject FacesActions acting;
  @Inject HttpServletRequest request;

  private String login = "";
  private String name = "";
  private Role role = Role.OPERATOR;
  private long value;
  private String link = "";
  private String linkFor = "";
  private @Nullable ListView<Operator> list;

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

  /** The role of a new operator, or the one that another is to have. */
  public Role getRole() {
    return role;
  }

  /** Called by Faces. */
  public void setRole(Role role) {
    this.role = role;
  }

  /** Which operator an act is about. */
  public long getValue() {
    return value;
  }

  /** Called by Faces. */
  public void setValue(long value) {
    this.value = value;
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

  /** The operators that the address asks for. */
  public ListView<Operator> getList() {
    if (list == null) {
      ListQuery query = ListQuery.of(request, Page.OPERATORS.path(), List.of(), FILTERS);
      list = ListView.load(query, operators::list);
    }
    return list;
  }

  /** Whether an account is the viewer's own. */
  public boolean isOwn(Operator operator) {
    return current.principal().operatorId().orElse(0) == operator.id();
  }

  /** Makes an account, and the link by which its owner sets it up. */
  public void create() {
    change(
        () -> issue(operators.create(current.actor(), new NewOperator(login, name, role))),
        "operators.created");
  }

  /** Issues another link. */
  public void invite() {
    change(() -> issue(operators.get(value)), "operators.invited");
  }

  /** Keeps an operator out. */
  public void disable() {
    change(() -> operators.disable(current.actor(), value), "operators.disabled");
  }

  /** Lets an operator in again. */
  public void enable() {
    change(() -> operators.enable(current.actor(), value), "operators.enabled");
  }

  /** Changes what an operator may do. */
  public void changeRole() {
    change(() -> operators.changeRole(current.actor(), value, role), "operators.role-changed");
  }

  /** Removes an operator. */
  public void remove() {
    change(() -> operators.remove(current.actor(), value), "operators.removed");
  }

  /** Signs an operator out everywhere, at once. */
  public void endSessions() {
    acting.act(() -> operators.endSessions(current.actor(), value), "operators.signed-out");
  }

  private void change(Runnable act, String done) {
    acting.act(
        () -> {
          fresh.require(request);
          act.run();
        },
        done);
  }

  private void issue(Operator operator) {
    link = links.address(setUps.issue(current.actor(), operator.id()), request);
    linkFor = operator.login();
  }
}
