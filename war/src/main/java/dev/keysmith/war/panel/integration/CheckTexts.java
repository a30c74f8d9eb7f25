package dev.keysmith.war.panel.integration;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.integration.LastCheck;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Viewer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** How the check of an integration ended, in the language of the viewer. */
@Named("checkTexts")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.AUDITOR})
public class CheckTexts {

  @Inject Viewer viewer;

  /** The kind of end, by its reason. */
  public String of(LastCheck check) {
    if (check.ok()) {
      return viewer.text("integration.check-good");
    }
    return check
        .reason()
        .map(reason -> viewer.getTexts().textOr("integration.check-" + reason, ""))
        .filter(text -> !text.isEmpty())
        .orElseGet(() -> viewer.text("integration.check-bad"));
  }

  /** What was reached, or what is wrong. */
  public String said(LastCheck check) {
    return viewer.message(check.message());
  }
}
