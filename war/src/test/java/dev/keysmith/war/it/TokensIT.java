package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@ArquillianTest
@RunAsClient
class TokensIT {

  @ArquillianResource URI base;

  @Test
  void worksFromItsCreationToItsRevocation() {
    Api administrator = Api.administrator(base);
    Api.Answer created =
        administrator.post("/api/tokens", Map.of("label", "ci", "role", "OPERATOR"));
    Api holder = administrator.with(created.json().required("text").asString());
    String address = URI.create(created.header("Location")).getPath();

    assertThat(holder.get("/api/me").json().required("name").asString()).isEqualTo("ci");
    assertThat(administrator.get(address).json().required("usable").asBoolean()).isTrue();
    assertThat(administrator.delete(address).status()).isEqualTo(204);
    assertThat(administrator.delete(address).status()).as("a repeat").isEqualTo(204);
    assertThat(holder.get("/api/me").status()).isEqualTo(401);
    assertThat(administrator.get(address).json().required("usable").asBoolean()).isFalse();
  }

  @Test
  void auditsWhoCreatedATokenAndNeverItsText() {
    Api administrator = Api.administrator(base);
    String text = Tokens.create(administrator, "audited", "AUDITOR");

    Api.Answer audit = administrator.get("/api/audit?action=token.created&subject=audited");

    assertThat(audit.json().required("total").asInt()).isEqualTo(1);
    JsonNode entry = audit.json().required("items").get(0);
    assertThat(entry.required("by").required("name").asString()).isEqualTo("first-api-token");
    assertThat(audit.http().body()).doesNotContain(text);
    assertThat(administrator.get("/api/tokens").http().body()).doesNotContain(text);
  }

  @Test
  void refusesATokenThatWouldHaveExpired() {
    Api.Answer answer =
        Api.administrator(base)
            .post(
                "/api/tokens",
                Map.of("label", "late", "role", "AUDITOR", "expires", "2001-01-01T00:00:00Z"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("token.expired");
    assertThat(answer.json().required("fields").has("expires")).isTrue();
  }

  @Test
  void writesNoTokenIntoTheLog() {
    String text = Tokens.create(Api.administrator(base), "logged", "AUDITOR");
    Api.anonymous(base).with(text).get("/api/me");
    Api.anonymous(base).with(text + "x").get("/api/me");

    assertThat(ServerFiles.log())
        .contains("Payara Micro")
        .doesNotContain(text)
        .doesNotContain(ServerFiles.firstToken());
  }

  @Test
  void keepsTheAuditLogWholeWhenManyWriteToItAtOnce() throws Exception {
    Api administrator = Api.administrator(base);
    ExecutorService callers = Executors.newFixedThreadPool(8);
    List<Future<Integer>> answers = new ArrayList<>();
    try {
      for (int i = 0; i < 96; i++) {
        Map<String, String> token = Map.of("label", "crowd " + i, "role", "AUDITOR");
        answers.add(callers.submit(() -> administrator.post("/api/tokens", token).status()));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(201);
      }
    } finally {
      callers.shutdownNow();
    }

    JsonNode proof = administrator.get("/api/audit/verification").json().required("log");
    assertThat(proof.required("intact").asBoolean()).as(proof.toString()).isTrue();
  }
}
