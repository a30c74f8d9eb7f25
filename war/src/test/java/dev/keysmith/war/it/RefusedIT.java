package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@ArquillianTest
@RunAsClient
class RefusedIT {

  private static final Pattern VIEW_STATE =
      Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]+)\"");

  @ArquillianResource URI base;

  @Test
  void answersAFormWithoutTheNonceOfAPageInALine() {
    Api.Answer page = Api.anonymous(base).get("/panel/sign-in");
    Matcher state = VIEW_STATE.matcher(page.http().body());
    assertThat(state.find()).isTrue();
    String form =
        "password-form=password-form&jakarta.faces.ViewState="
            + URLEncoder.encode(state.group(1), StandardCharsets.UTF_8);

    Api.Answer answer =
        Api.anonymous(base)
            .withCookieOf(page)
            .send(
                "POST",
                "/panel/sign-in",
                BodyPublishers.ofString(form),
                Map.of(
                    "Content-Type", "application/x-www-form-urlencoded",
                    "Sec-Fetch-Site", "same-origin"));

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.http().body()).doesNotContain("Exception").contains("Load the page again");
  }

  @Test
  void leadsToNoOtherHostByTwoSlashes() {
    Api.Answer answer =
        Api.anonymous(base)
            .send(
                "GET",
                base.resolve("/") + "/panel/dashboard",
                BodyPublishers.noBody(),
                Map.of("Sec-Fetch-Site", "cross-site"));

    assertThat(answer.http().body()).doesNotContain("url=//", "href=\"//");
    assertThat(answer.header("Location")).doesNotStartWith("//");
  }

  @Test
  void takesNoRowOutOfUseThatTheServerHasWritten() {
    assertThat(Api.administrator(base).post("/api/audit/changed-rows/user/1/withdraw", "").status())
        .isEqualTo(404);
  }

  @Test
  void recordsAnUnknownToken() {
    Api.anonymous(base).with("ks_" + "A".repeat(43)).get("/api/me");

    assertThat(
            Api.administrator(base)
                .get("/api/audit?action=access.refused&kind=SYSTEM")
                .json()
                .required("items")
                .toString())
        .contains("API token");
  }

  @Test
  void recordsWhomTheRoleKeepsOut() {
    Api administrator = Api.administrator(base);
    Api desk = administrator.with(Tokens.create(administrator, "refused-desk", "OPERATOR"));

    assertThat(desk.get("/api/tokens").status()).isEqualTo(403);

    JsonNode entry =
        administrator
            .get("/api/audit?action=access.refused&kind=TOKEN&actor=refused-desk")
            .json()
            .required("items")
            .required(0);
    assertThat(entry.required("subject").required("label").asString()).isEqualTo("GET /api/tokens");
    assertThat(entry.required("details").required("address").asString()).isNotEmpty();
  }
}
