package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@ArquillianTest
@RunAsClient
class LoginIT {

  @ArquillianResource URI base;

  @Test
  void asksForATokenWhereNoneIsSent() {
    for (String path : new String[] {"/api/me", "/api/tokens", "/api/audit", "/api/nothing"}) {
      Api.Answer answer = Api.anonymous(base).get(path);

      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
      assertThat(answer.problem()).isEqualTo("login.required");
    }
  }

  @Test
  void refusesAnUnknownToken() {
    Api.Answer answer = Api.anonymous(base).with("ks_" + "A".repeat(43)).get("/api/me");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
    assertThat(answer.problem()).isEqualTo("login.token-invalid");
  }

  @Test
  void letsTheFirstTokenIn() {
    JsonNode me = Api.administrator(base).get("/api/me").json();

    assertThat(me.required("role").asString()).isEqualTo("ADMINISTRATOR");
  }

  @Test
  void letsEachRoleDoItsOwnAlone() {
    Api administrator = Api.administrator(base);
    Api operator = administrator.with(Tokens.create(administrator, "desk", "OPERATOR"));
    Api auditor = administrator.with(Tokens.create(administrator, "audit", "AUDITOR"));

    assertThat(operator.get("/api/me").status()).isEqualTo(200);
    assertThat(operator.get("/api/tokens").problem()).isEqualTo("login.role-missing");
    assertThat(operator.get("/api/audit").status()).isEqualTo(403);
    assertThat(auditor.get("/api/audit").status()).isEqualTo(200);
    assertThat(auditor.post("/api/tokens", Map.of("label", "mine", "role", "AUDITOR")).status())
        .isEqualTo(403);
  }

  @Test
  void keepsBrowsersFromKeepingOrRunningAnswers() {
    for (Api api : new Api[] {Api.anonymous(base), Api.administrator(base)}) {
      Api.Answer answer = api.get("/api/me");

      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
      assertThat(answer.header("Server")).isEmpty();
    }
  }

  @Test
  void believesTheProxyInFrontAboutWhereCallersComeFrom() {
    Api administrator = Api.administrator(base);

    Api.Answer made =
        administrator.send(
            "POST",
            "/api/tokens",
            BodyPublishers.ofString("{\"label\":\"from afar\",\"role\":\"AUDITOR\"}"),
            Map.of("Content-Type", "application/json", "X-Forwarded-For", "1.2.3.4, 203.0.113.7"));

    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    JsonNode audited =
        administrator.get("/api/audit?limit=1&action=token.created").json().at("/items/0");
    assertThat(audited.at("/details/address").asString())
        .as(audited.toString())
        .isEqualTo("203.0.113.7");
  }
}
