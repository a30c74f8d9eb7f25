package dev.keysmith.war.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.war.openapi.ApiDocument.Operation;
import dev.keysmith.war.rest.Resources;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiDescriptionTest {

  private final ApiDocument document = ApiDocument.built();

  @Test
  void describesEachResourceMethodOnce() {
    assertThat(
            document.operations().stream().map(it -> it.node().required("operationId").asString()))
        .containsExactlyInAnyOrderElementsOf(
            Resources.methods().map(ResourceMethod::new).map(ResourceMethod::operationId).toList());
  }

  @Test
  void saysForEachOperationWhatItAnswersAndHowItFails() {
    assertThat(document.operations())
        .allSatisfy(
            operation -> {
              JsonNode responses = operation.node().required("responses");
              assertThat(responses.required("default").required("$ref").asString())
                  .isEqualTo("#/components/responses/Problem");
              assertThat(successes(operation)).hasSize(1);
              assertThat(successes(operation).get(0)).matches("20[0124]");
              assertThat(operation.node().path("tags").isEmpty()).isFalse();
              assertThat(operation.node().path("summary").asString("")).isNotBlank();
            });
  }

  @Test
  void givesEachAnswerButAnEmptyOneASchemaWithATypeThatSaysMore() {
    for (Operation operation : document.operations()) {
      String status = successes(operation).get(0);
      JsonNode content = operation.node().required("responses").required(status).path("content");

      assertThat(content.isEmpty()).as(operation.path()).isEqualTo(status.equals("204"));
      for (JsonNode body : content) {
        JsonNode schema = document.follow(body.path("schema"));
        assertThat(schema.has("properties") || schema.has("items"))
            .as("%s %s: %s", operation.method(), operation.path(), schema)
            .isTrue();
      }
    }
  }

  @Test
  void definesWhatItRefersToAndNothingElse() {
    List<String> references = document.root().findValuesAsString("$ref");
    Set<String> defined =
        Stream.of("schemas", "responses")
            .flatMap(
                kind ->
                    document.root().at("/components/" + kind).propertyNames().stream()
                        .map(name -> "#/components/" + kind + "/" + name))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(new TreeSet<>(references)).isEqualTo(defined);
  }

  @Test
  void keepsBodiesOfTheSameJavaNameApart() {
    assertThat(body("tokensCreate").required("properties").propertyNames())
        .containsExactlyInAnyOrder("label", "role", "expires");
    assertThat(body("passkeysAssign").required("properties").propertyNames())
        .containsExactlyInAnyOrder("userId", "integrationId");
  }

  @Test
  void requiresWhatTheServerRequires() {
    assertThat(body("tokensCreate").required("required").valueStream().map(JsonNode::asString))
        .containsExactly("label", "role");
    assertThat(document.root().at("/components/schemas/KeyPolicy").has("required")).isFalse();
  }

  @Test
  void marksSecretsAsWrittenOnly() {
    JsonNode pin = body("keySessionsStart").required("properties").required("pin");
    JsonNode secret =
        body("integrationsCreate").at("/properties/secrets").required("additionalProperties");

    for (JsonNode schema : new JsonNode[] {pin, secret}) {
      assertThat(schema.required("type").asString()).isEqualTo("string");
      assertThat(schema.required("format").asString()).isEqualTo("password");
      assertThat(schema.required("writeOnly").asBoolean()).isTrue();
    }
  }

  @Test
  void describesTheEventsOfAStream() {
    JsonNode event = document.operation("importsEvents").answer("200", "text/event-stream");

    assertThat(document.follow(event).required("properties").propertyNames())
        .contains("state", "counts");
  }

  @Test
  void asksForAToken() {
    assertThat(document.root().at("/components/securitySchemes/token/scheme").asString())
        .isEqualTo("bearer");
    assertThat(document.root().required("security").get(0).has("token")).isTrue();
  }

  @Test
  void findsWhereAValueIsNotAsDescribed() {
    JsonNode schema = document.root().at("/components/schemas/Me");
    JsonNode wrong = dev.keysmith.war.json.Json.MAPPER.readTree("{\"role\":\"KING\",\"more\":1}");

    assertThat(Conformance.complaints(document, schema, wrong))
        .anyMatch(it -> it.equals("body lacks name"))
        .anyMatch(it -> it.equals("body.role is not listed"))
        .anyMatch(it -> it.startsWith("body.more has a schema without a type"));
  }

  private JsonNode body(String operation) {
    return document.follow(
        document.operation(operation).node().at("/requestBody/content/application~1json/schema"));
  }

  private static List<String> successes(Operation operation) {
    return operation.node().required("responses").propertyNames().stream()
        .filter(it -> !it.equals("default"))
        .toList();
  }
}
