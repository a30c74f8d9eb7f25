package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

@ArquillianTest
@RunAsClient
class ProblemsIT {

  @ArquillianResource URI base;

  @Test
  void namesAFieldThatIsUnknown() {
    Api.Answer answer = tokens("{\"label\":\"a\",\"role\":\"AUDITOR\",\"rolle\":1}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("request.invalid-fields");
    assertThat(answer.json().required("fields").has("rolle")).isTrue();
  }

  @Test
  void namesAFieldThatIsMissing() {
    Api.Answer answer = tokens("{\"role\":\"AUDITOR\"}");

    assertThat(answer.json().required("fields").required("label").asString())
        .isEqualTo("Enter a value.");
  }

  @Test
  void namesTheValuesThatAreAllowed() {
    Api.Answer answer = tokens("{\"label\":\"a\",\"role\":\"KING\"}");

    assertThat(answer.json().required("fields").required("role").asString())
        .contains("ADMINISTRATOR");
    assertThat(answer.http().body()).doesNotContain("KING");
  }

  @Test
  void understandsThatABodyIsNoJson() {
    assertThat(tokens("{\"label\":").problem()).isEqualTo("request.malformed-json");
    assertThat(tokens("").problem()).isEqualTo("request.no-body");
    assertThat(tokens("null").problem()).isEqualTo("request.no-body");
    assertThat(tokens("[1]").status()).isEqualTo(400);
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    Api.Answer answer = tokens("{\"label\":\"" + "a".repeat(300_000) + "\"}");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.problem()).isEqualTo("request.too-large");
  }

  @Test
  void refusesOtherMediaTypes() {
    Api.Answer answer =
        Api.administrator(base)
            .send(
                "POST",
                "/api/tokens",
                BodyPublishers.ofString("<a/>"),
                Map.of("Content-Type", "application/xml"));

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.problem()).isEqualTo("request.media-type");
  }

  @Test
  void saysWhatIsNotThere() {
    Api api = Api.administrator(base);

    assertThat(api.get("/api/nothing").problem()).isEqualTo("request.not-found");
    assertThat(api.get("/api/tokens/0").problem()).isEqualTo("token.not-found");
    assertThat(api.get("/api/tokens/x").status()).isEqualTo(404);
  }

  @Test
  void saysWhichMethodsAnAddressTakes() {
    Api.Answer answer = Api.administrator(base).delete("/api/me");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET");
    assertThat(answer.problem()).isEqualTo("request.method");
  }

  @Test
  void refusesListParametersThatItDoesNotKnow() {
    Api api = Api.administrator(base);

    assertThat(api.get("/api/audit?colour=red").status()).isEqualTo(400);
    assertThat(api.get("/api/audit?limit=9999").status()).isEqualTo(400);
    assertThat(api.get("/api/audit?limit=two").problem()).isEqualTo("request.query");
    assertThat(api.get("/api/audit?limit=1").json().required("items").size()).isEqualTo(1);
  }

  private Api.Answer tokens(String body) {
    return Api.administrator(base).postText("/api/tokens", body);
  }
}
