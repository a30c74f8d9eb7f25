package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.war.json.Json;
import dev.keysmith.war.openapi.ApiDocument;
import dev.keysmith.war.openapi.ApiDocument.Operation;
import dev.keysmith.war.openapi.Conformance;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
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

  private static final List<String> PAGING = List.of("offset", "limit", "sort");

  @ArquillianResource URI base;

  @Test
  void servesTheDescriptionAsItWasBuilt() {
    JsonNode served = served("application/json").json();
    JsonNode built = ApiDocument.built().root();

    for (String part : List.of("openapi", "info", "paths", "components", "security", "tags")) {
      assertThat(served.required(part)).as(part).isEqualTo(built.required(part));
    }
  }

  @Test
  void offersItAsAFileWithNothingAdded() {
    Api.Answer file = Api.anonymous(base).get("/openapi.json");

    assertThat(file.status()).isEqualTo(200);
    assertThat(file.json()).isEqualTo(ApiDocument.built().root());
  }

  @Test
  void servesItAsYamlToo() {
    assertThat(served("*/*").http().body()).contains("openapi: 3", "operationId: ");
  }

  @Test
  void namesTheFiltersAndOrdersThatEachListTakes() {
    Api administrator = Api.administrator(base);
    List<Operation> lists =
        ApiDocument.built().operations().stream()
            .filter(it -> it.queries().contains("offset") && !it.path().contains("{"))
            .toList();

    assertThat(lists).hasSizeGreaterThan(6);
    for (Operation list : lists) {
      String filters = complaint(administrator.get(list.path() + "?none=1"), "none");
      String sorts = complaint(administrator.get(list.path() + "?sort=none"), "sort");

      assertThat(list.queries().stream().filter(it -> !PAGING.contains(it)))
          .as(list.path())
          .containsExactlyInAnyOrderElementsOf(words(filters, "Filters: ", ""));
      assertThat(list.query("sort").at("/schema/pattern").asString(""))
          .as(list.path())
          .matches("\\^-\\?\\([a-z|A-Z]+\\)\\$");
      assertThat(words(list.query("sort").at("/schema/pattern").asString(), "(", ")", "\\|"))
          .as(list.path())
          .containsExactlyInAnyOrderElementsOf(words(sorts, "one of ", ", or one with"));
    }
  }

  @Test
  void answersAsDescribed() {
    Api administrator = Api.administrator(base);
    Tokens.create(administrator, "described", "AUDITOR");

    for (String operation :
        List.of("meMe", "tokensList", "auditList", "pluginsList", "stationLook", "workflowsList")) {
      conforms(operation, administrator);
    }
  }

  @Test
  void failsAsDescribed() {
    ApiDocument document = ApiDocument.built();
    JsonNode problem = document.root().at("/components/schemas/Problem");
    Api.Answer failure = Api.administrator(base).get("/api/users?limit=0");

    assertThat(failure.status()).isEqualTo(400);
    assertThat(Conformance.complaints(document, problem, failure.json())).isEmpty();
  }

  private static void conforms(String id, Api api) {
    ApiDocument document = ApiDocument.built();
    Operation operation = document.operation(id);
    Api.Answer answer = api.get(operation.path());

    assertThat(answer.status()).as(id).isEqualTo(200);
    JsonNode schema = operation.answer("200", "application/json");
    assertThat(Conformance.complaints(document, schema, answer.json())).as(id).isEmpty();
  }

  private Api.Answer served(String mediaType) {
    Api.Answer answer =
        Api.anonymous(base)
            .send("GET", "/openapi", BodyPublishers.noBody(), Map.of("Accept", mediaType));
    assertThat(answer.status()).isEqualTo(200);
    return answer;
  }

  private static String complaint(Api.Answer answer, String parameter) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    return Json.MAPPER
        .readTree(answer.http().body())
        .required("fields")
        .required(parameter)
        .asString();
  }

  private static List<String> words(String text, String from, String to) {
    return words(text, from, to, ", ");
  }

  private static List<String> words(String text, String from, String to, String between) {
    int start = text.indexOf(from) + from.length();
    int end = to.isEmpty() ? text.length() : text.indexOf(to, start);
    return Arrays.stream(text.substring(start, end).split(between)).toList();
  }
}
