package dev.keysmith.war.panel.directory;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.activation.ActivationCode;
import dev.keysmith.core.activation.ActivationCodes;
import dev.keysmith.core.activation.IssuedCode;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Parameters;
import dev.keysmith.war.panel.page.Viewer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The activation code of one user: a part of the page about the user. */
@Named("activationCode")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class ActivationCodePanel {

  @Inject ActivationCodes codes;
  @Inject CurrentOperator current;
  @Inject Reauthentication fresh;
  @Inject FacesActions acting;
  @Inject Viewer viewer;
  @Inject HttpServletRequest request;
  @Inject Clock clock;

  private String text = "";
  private String link = "";

  /** The newest code of the user; null if there was none. */
  public @Nullable ActivationCode getLast() {
    Map<String, String> filter = Map.of("user", Long.toString(userId()));
    return codes.list(new PageRequest(0, 1, "", filter)).items().stream().findFirst().orElse(null);
  }

  /** The key of the words for where a code stands. */
  public String state(ActivationCode code) {
    return switch (code.state(clock.instant())) {
      case OPEN -> "code.open";
      case USED -> "code.used";
      case REVOKED -> "code.revoked";
      case EXPIRED -> "code.expired";
    };
  }

  /** Whether a code can be used. */
  public boolean isOpen(ActivationCode code) {
    return code.isOpen(clock.instant());
  }

  /** The text of the code that has just been issued, shown this once. */
  public String getText() {
    return text;
  }

  /** The link with that code; empty if the server does not know its address. */
  public String getLink() {
    return link;
  }

  /** Why a code cannot be sent by e-mail, in the viewer's language; empty if it can. */
  public String getWhyNoMail() {
    return codes.whyNotByMail(userId()).map(viewer.getTexts()::problem).orElse("");
  }

  /** Issues a code to be handed over. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void issue() {
    acting.act(() -> issue(false), "code.issued");
  }

  /** Issues a code and sends it to the user. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void mail() {
    acting.act(() -> issue(true), "code.mailed");
  }

  private void issue(boolean byMail) {
    fresh.require(request);
    try (IssuedCode issued = codes.issue(current.actor(), userId(), byMail)) {
      text = byMail ? "" : new String(issued.text());
      link = byMail ? "" : issued.link().orElse("");
    }
  }

  /** Withdraws the open code. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void revoke() {
    acting.act(
        () ->
            Optional.ofNullable(getLast())
                .ifPresent(code -> codes.revoke(current.actor(), code.id())),
        "code.is-revoked");
  }

  private long userId() {
    return Parameters.id(request, "id");
  }
}
