package dev.keysmith.war.openapi;

import dev.keysmith.war.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An OpenAPI document, for tests to look into. */
public record ApiDocument(JsonNode root) {

  /** The one that the build has written. */
  public static ApiDocument built() {
    try (InputStream file = ApiDocument.class.getResourceAsStream("/META-INF/openapi.json")) {
      return new ApiDocument(Json.MAPPER.readTree(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An operation with its place. */
  public record Operation(String method, String path, JsonNode node) {

    /** Its query parameter of this name, or a missing node. */
    public JsonNode query(String name) {
      return node.path("parameters")
          .valueStream()
          .filter(it -> it.required("in").asString().equals("query"))
          .filter(it -> it.required("name").asString().equals(name))
          .findFirst()
          .orElse(node.path("parameters").path(name));
    }

    /** The names of all its query parameters. */
    public List<String> queries() {
      return node.path("parameters")
          .valueStream()
          .filter(it -> it.required("in").asString().equals("query"))
          .map(it -> it.required("name").asString())
          .toList();
    }

    /** The schema of a body that it answers with. */
    public JsonNode answer(String status, String mediaType) {
      return node.required("responses").path(status).path("content").path(mediaType).path("schema");
    }
  }

  /** All operations. */
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (var path : root.required("paths").properties()) {
      for (var method : path.getValue().properties()) {
        if (method.getValue().has("responses")) {
          operations.add(new Operation(method.getKey(), path.getKey(), method.getValue()));
        }
      }
    }
    return operations;
  }

  /** One operation. */
  public Operation operation(String id) {
    return operations().stream()
        .filter(it -> it.node().required("operationId").asString().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no operation " + id));
  }

  /** What a reference in this document leads to, or the node itself. */
  public JsonNode follow(JsonNode node) {
    return node.has("$ref") ? root.at(node.required("$ref").asString().substring(1)) : node;
  }
}
