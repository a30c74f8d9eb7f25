package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** That a third party's plugin takes nothing down with it, and is blamed by name. */
@ArquillianTest
@RunAsClient
class BrokenPluginIT {

  @ArquillianResource URI base;

  private JsonNode check(String tenant) {
    Api.Answer answer =
        Api.administrator(base)
            .post(
                "/api/integrations/check",
                Map.of(
                    "label",
                    "Acme",
                    "plugin",
                    "acme",
                    "settings",
                    Map.of("origin", "https://acme.example", "tenant", tenant),
                    "secrets",
                    Map.of("api-key", "long-enough")));
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  private JsonNode health() {
    Api.Answer ready = Api.anonymous(base).get("/health/ready");
    assertThat(ready.status()).isEqualTo(200);
    for (JsonNode check : ready.json().required("checks")) {
      if (check.required("name").asString().equals("plugins")) {
        return check;
      }
    }
    throw new AssertionError(ready.http().body());
  }

  @AfterEach
  void mend() {
    assertThat(check("smiths").required("ok").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"overflows, StackOverflowError", "throws, NoClassDefFoundError"})
  void blamesAPluginThatThrowsAnErrorAndGoesOn(String tenant, String error) {
    JsonNode answer = check(tenant);

    assertThat(answer.required("ok").asBoolean()).isFalse();
    assertThat(answer.required("message").required("text").asString())
        .contains("\"acme\"", "check: " + error);
    JsonNode installed = Api.administrator(base).get("/api/plugins").json();
    assertThat(installed.required("faults").findValuesAsString("plugin")).containsExactly("acme");
    assertThat(installed.required("identityProviders").findValuesAsString("name"))
        .contains("acme", "okta");
    JsonNode health = health();
    assertThat(health.required("status").asString()).isEqualTo("UP");
    assertThat(health.required("data").required("state").asString()).isEqualTo("degraded");
    assertThat(health.required("data").required("failing").asString()).isEqualTo("acme");
  }

  @Test
  void isWellAgainOnceThePluginIs() {
    check("throws");
    check("smiths");

    assertThat(health().required("data").required("state").asString()).isEqualTo("ok");
  }
}
