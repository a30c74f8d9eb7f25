package dev.keysmith.war.panel.overview;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.workflow.Workflows;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.integration.Practice;
import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The first walk on a new server: from the connection to the first passkey that is active. */
@Named("firstSteps")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class FirstSteps {

  private static final String CONNECT_OKTA = Page.INTEGRATION.path() + "?plugin=okta";

  @Inject DashboardPage dashboard;
  @Inject Integrations integrations;
  @Inject Workflows workflows;
  @Inject CurrentOperator current;
  @Inject Practice practice;

  /**
   * A step.
   *
   * @param words the beginning of the keys of its words
   * @param address where it is done; empty if the viewer may not
   * @param now whether it is the next one
   */
  public record Step(String words, String address, boolean done, boolean now) {

    /** Whether it is done at another place than here. */
    public boolean elsewhere() {
      return address.startsWith("http");
    }
  }

  /** The steps in their order; none once all of them have been done. */
  public List<Step> getSteps() {
    List<Step> steps = new ArrayList<>();
    boolean connected = integrations.list(new PageRequest(0, 1, "", Map.of())).total() > 0;
    add(steps, "first.connect", practice.isOn() ? CONNECT_OKTA : "", Page.INTEGRATION, connected);
    add(steps, "first.import", "", Page.IMPORT, connected && dashboard.users("active") > 0);
    add(steps, "first.assign", "", Page.USERS, isAnyPasskey());
    add(steps, "first.write", "", Page.STATION, isAnyPasskey("ACTIVE", "REVOKED"));
    if (practice.isOn()) {
      boolean automated = !workflows.list().isEmpty();
      boolean signedIn = automated || practice.hasSignedIn();
      add(steps, "first.sign-in", practice.getOrg(), Page.DASHBOARD, signedIn);
      add(steps, "first.automate", "", Page.NEW_WORKFLOW, automated);
    }
    return steps.stream().allMatch(Step::done) ? List.of() : steps;
  }

  /** How often the page looks whether another step is done. */
  public int getAgain() {
    return getSteps().isEmpty() ? 30_000 : 4_000;
  }

  private void add(List<Step> steps, String words, String other, Page page, boolean done) {
    Role role = current.principal().role();
    boolean may = page.isFor(role) && role != Role.AUDITOR;
    String address = other.isEmpty() ? place(page) : other;
    boolean reached = steps.stream().allMatch(Step::done);
    steps.add(new Step(words, may ? address : "", done, reached && !done));
  }

  private static String place(Page page) {
    return page == Page.INTEGRATION ? Page.INTEGRATIONS.path() : page.path();
  }

  private boolean isAnyPasskey() {
    return Stream.of(Passkey.State.values()).anyMatch(state -> isAnyPasskey(state.name()));
  }

  private boolean isAnyPasskey(String... states) {
    return Stream.of(states).anyMatch(state -> dashboard.passkeys(state) > 0);
  }
}
