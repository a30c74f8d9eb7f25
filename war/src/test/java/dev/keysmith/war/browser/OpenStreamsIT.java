package dev.keysmith.war.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.it.Api;
import dev.keysmith.war.it.EventStream;
import dev.keysmith.war.it.Key;
import dev.keysmith.war.it.Scene;
import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** Streams of those who lose the right to them while they are open. */
@ArquillianTest
@RunAsClient
class OpenStreamsIT {

  private static final String STATION = "/api/station/events";

  @ArquillianResource URI base;

  @Test
  void tellOfNoKeyOnceTheRightToThemIsGone() {
    Visitors visitors = new Visitors(base);
    Visitors.Invitation leaver = visitors.invite(Role.OPERATOR);
    Visitors.Invitation other = visitors.invite(Role.OPERATOR);
    Api administrator = Api.administrator(base);
    Api.Answer token =
        administrator.post("/api/tokens", Map.of("label", "stream", "role", "AUDITOR"));
    try (Scene scene = new Scene(base);
        Visit leaving = visitors.stranger();
        Visit staying = visitors.stranger()) {
      Visitors.setUp(leaving, leaver);
      Visitors.setUp(staying, other);
      try (EventStream byToken = byToken(token).open(STATION);
          EventStream bySession = bySession(leaving).open(STATION);
          EventStream byRole = bySession(staying).open(STATION);
          EventStream byRight = administrator.open(STATION)) {
        for (EventStream each : new EventStream[] {byToken, bySession, byRole, byRight}) {
          each.next();
        }
        administrator.delete(URI.create(token.header("Location")).getPath());
        leaving.page().locator("[id='signing-out:sign-out']").click();
        leaving.page().waitForURL("**/panel/sign-in**");
        takeTheRoleAway(administrator, other);
        try (Key key = new Key(scene)) {
          assertThat(byRight.next()).contains(key.id());
          assertThat(byToken.rest()).isEmpty();
          assertThat(bySession.rest()).isEmpty();
          assertThat(byRole.rest()).isEmpty();
        }
      }
    }
  }

  private Api byToken(Api.Answer created) {
    return Api.anonymous(base).with(created.json().required("text").asString());
  }

  /** The session of a browser, whose own streams are other ones. */
  private Api bySession(Visit visit) {
    Cookie session = visit.session();
    return Api.anonymous(base).withCookie(session.name, session.value);
  }

  private static void takeTheRoleAway(Api administrator, Visitors.Invitation operator) {
    assertThat(
            administrator
                .put("/api/operators/" + operator.id() + "/role", Map.of("role", "AUDITOR"))
                .status())
        .isEqualTo(200);
  }
}
