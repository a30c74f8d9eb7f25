package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.war.json.Json;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@ArquillianTest
@RunAsClient
class OpenApiIT {

  @ArquillianResource URI base;

  @Test
  void listsTheOperationsAndHowTheyFail() {
    JsonNode document = document();

    assertThat(document.required("paths").propertyNames())
        .contains("/api/tokens", "/api/tokens/{id}", "/api/me", "/api/audit", "/api/plugins");
    for (JsonNode operation : operations(document)) {
      assertThat(operation.required("responses").required("default").required("$ref").asString())
          .isEqualTo("#/components/responses/Problem");
    }
  }

  @Test
  void namesEachOperationOnce() {
    assertThat(
            operations(document()).stream()
                .map(operation -> operation.required("operationId").asString()))
        .doesNotHaveDuplicates();
  }

  @Test
  void refersOnlyToWhatItHolds() {
    JsonNode document = document();

    assertThat(document.findValuesAsString("$ref"))
        .isNotEmpty()
        .allSatisfy(
            reference -> assertThat(document.at(reference.substring(1)).isMissingNode()).isFalse());
  }

  private JsonNode document() {
    Api.Answer answer =
        Api.anonymous(base)
            .send("GET", "/openapi", BodyPublishers.noBody(), Map.of("Accept", "application/json"));
    assertThat(answer.status()).isEqualTo(200);
    return Json.MAPPER.readTree(answer.http().body());
  }

  private static List<JsonNode> operations(JsonNode document) {
    List<JsonNode> operations = new ArrayList<>();
    for (JsonNode item : document.required("paths")) {
      for (JsonNode part : item) {
        if (part.has("responses")) {
          operations.add(part);
        }
      }
    }
    return operations;
  }
}
