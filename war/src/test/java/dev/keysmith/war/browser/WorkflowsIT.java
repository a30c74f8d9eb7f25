package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.it.Scene;
import java.net.URI;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ArquillianTest
@RunAsClient
class WorkflowsIT {

  @ArquillianResource URI base;

  private Visitors visitors;

  @BeforeEach
  void invite() {
    visitors = new Visitors(base);
  }

  @Test
  void importsAGroupStepByStepAndShowsHowItEnds() {
    try (Scene scene = new Scene(base);
        Visit visit = visitors.as(Role.OPERATOR)) {
      Page page = visit.open("/panel/imports").page();
      page.locator("#new-import").click();
      page.locator("#integration-" + scene.integrationId()).check();
      page.locator("#next").click();
      page.locator("#scope-GROUPS").check();
      page.locator("#search").fill("Sta");
      page.getByLabel("Staff").check();
      visit.judge("import-whom");
      page.locator("#next").click();
      visit.judge("import-how");
      page.locator("#next").click();
      assertThat(page.locator("dl")).containsText("Staff");
      visit.judge("import-review");
      page.locator("#submission\\:submit").click();

      assertThat(page.locator("#import-state")).hasText("Done");
      assertThat(page.locator("#created")).hasText("3");
      visit.judge("import-done");
      page.locator("#see-users").click();
      assertThat(page.locator("tbody tr")).hasCount(3);
      visit.open("/panel/groups?integration=" + scene.integrationId());
      assertThat(page.locator("tbody tr")).containsText("Staff");
      visit.judge("groups").open("/panel/imports").judge("imports");
    }
  }

  @Test
  void definesOktaPasskeyProvisioningWithAPreviewAndAppliesIt() {
    try (Scene scene = new Scene(base);
        Visit visit = visitors.as(Role.ADMINISTRATOR)) {
      scene.importAll();
      scene.assign(1);
      String name = "Provisioning " + scene.integrationId();
      Page page = visit.open("/panel/dashboard").page();

      page.locator("#menu").getByText("Workflows").click();
      page.locator("#new-workflow").click();
      visit.judge("workflow-catalogue");
      assertThat(page.locator("#catalogue-" + scene.integrationId()))
          .containsText("Okta Passkey Provisioning");
      page.locator("#catalogue-" + scene.integrationId()).click();
      assertThat(page.locator("#origin")).hasValue(scene.org().origin());
      page.locator("#name").fill(name);
      visit.judge("workflow-name");
      page.locator("#next").click();
      assertThat(page.locator("#trigger-NEW_SECURITY_KEY_ACTIVATED")).isChecked();
      assertThat(page.locator(".ks-choice").first()).containsText("recommended");
      visit.judge("workflow-trigger");
      page.locator("#next").click();
      visit.judge("workflow-groups");
      page.locator("#next").click();
      assertThat(page.locator("#preview-assigned"))
          .hasText("Applied to these users, the workflow would assign 5 passkeys.");
      page.locator("#preview-no").click();
      assertThat(page.locator("tbody tr")).hasCount(1);
      assertThat(page.locator("tbody tr")).containsText("Has been promised a passkey already");
      visit.judge("workflow-review");
      page.getByRole(AriaRole.BUTTON, submit()).click();

      assertThat(page.locator("h1")).hasText(name);
      page.locator("#tab-apply").click();
      visit.judge("workflow-apply");
      page.locator("#application\\:go").click();
      assertThat(page.locator("tbody tr")).hasCount(6);
      page.locator("#log-SKIPPED").click();
      assertThat(page.locator("tbody tr")).hasCount(1);
      visit.judge("workflow-log");

      page.locator("#edit-workflow").click();
      page.locator("#name").fill(name + " changed");
      page.locator("#enabled-false").check();
      visit.judge("workflow-edit");
      page.locator("#next").click();
      page.locator("#trigger-NEW_USER_IMPORTED").check();
      page.locator("#next").click();
      page.locator("#next").click();
      assertThat(page.locator("dl")).containsText("Until now: " + name);
      assertThat(page.locator("dl")).containsText("Until now: On");
      assertThat(page.locator("#preview-assigned"))
          .hasText("Applied to these users, the workflow would assign no passkey.");
      page.locator("#preview-no").click();
      assertThat(page.locator("tbody tr")).hasCount(6);
      visit.judge("workflow-edit-review");
      page.getByRole(AriaRole.BUTTON, submit()).click();
      assertThat(page.locator("h1")).hasText(name + " changed");
      assertThat(page.locator(".ks-card-head .ks-chip").first()).hasText("Off");
      assertThat(page.locator("tbody tr")).hasCount(6);

      page.locator("#remove-workflow").click();
      page.locator("#remove\\:go").click();
      page.waitForURL("**/panel/workflows");
      assertThat(page.locator("#live")).not().containsText(name);
      visit.judge("workflows");
    }
  }

  @Test
  void letsAnOperatorSeeWorkflowsAndChangeNone() {
    try (Scene scene = new Scene(base);
        Visit visit = visitors.as(Role.OPERATOR)) {
      long id = scene.workflow("NEW_USER_IMPORTED", java.util.List.of());
      Page page = visit.open("/panel/workflows").page();

      assertThat(page.locator("#workflow-" + id)).containsText("New user imported");
      assertThat(page.locator("#new-workflow")).hasCount(0);
      assertThat(page.locator("#disable-" + id)).hasCount(0);
      visit.open("/panel/new-workflow").forgive("403");
      assertThat(page.locator("h1")).hasText("Not for your role");
    }
  }

  private static Page.GetByRoleOptions submit() {
    return new Page.GetByRoleOptions().setName("Submit").setExact(true);
  }
}
