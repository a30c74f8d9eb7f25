package dev.keysmith.war.openapi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Compares a value with the schema that describes it. */
public final class Conformance {

  private final ApiDocument document;
  private final List<String> complaints = new ArrayList<>();

  private Conformance(ApiDocument document) {
    this.document = document;
  }

  /** Where the value is not as described. */
  public static List<String> complaints(ApiDocument document, JsonNode schema, JsonNode value) {
    Conformance conformance = new Conformance(document);
    conformance.check("body", schema, value);
    return conformance.complaints;
  }

  private void check(String place, JsonNode reference, JsonNode value) {
    JsonNode schema = document.follow(reference);
    if (schema.has("oneOf")) {
      checkOneOf(place, schema.required("oneOf"), value);
      return;
    }
    switch (schema.path("type").asString("")) {
      case "object" -> checkObject(place, schema, value);
      case "array" -> checkArray(place, schema, value);
      case "string" -> checkText(place, schema, value);
      case "integer" -> complainUnless(value.isIntegralNumber(), place, "is no integer");
      case "boolean" -> complainUnless(value.isBoolean(), place, "is no boolean");
      default -> complaints.add(place + " has a schema without a type: " + schema);
    }
  }

  private void checkOneOf(String place, JsonNode alternatives, JsonNode value) {
    long fitting =
        alternatives
            .valueStream()
            .filter(alternative -> complaints(document, alternative, value).isEmpty())
            .count();
    complainUnless(fitting == 1, place, "fits " + fitting + " alternatives");
  }

  private void checkObject(String place, JsonNode schema, JsonNode value) {
    complainUnless(value.isObject(), place, "is no object");
    for (JsonNode name : schema.path("required")) {
      complainUnless(value.has(name.asString()), place, "lacks " + name.asString());
    }
    for (var member : value.properties()) {
      JsonNode described =
          schema.path("properties").has(member.getKey())
              ? schema.path("properties").required(member.getKey())
              : schema.path("additionalProperties");
      check(place + "." + member.getKey(), described, member.getValue());
    }
  }

  private void checkArray(String place, JsonNode schema, JsonNode value) {
    complainUnless(value.isArray(), place, "is no array");
    for (int i = 0; i < value.size(); i++) {
      check(place + "[" + i + "]", schema.path("items"), value.get(i));
    }
  }

  private void checkText(String place, JsonNode schema, JsonNode value) {
    complainUnless(value.isString(), place, "is no string");
    if (schema.has("enum")) {
      complainUnless(
          schema.required("enum").valueStream().anyMatch(value::equals), place, "is not listed");
    }
    if (schema.path("format").asString("").equals("date-time")) {
      Instant.parse(value.asString());
    }
  }

  private void complainUnless(boolean fits, String place, String complaint) {
    if (!fits) {
      complaints.add(place + " " + complaint);
    }
  }
}
