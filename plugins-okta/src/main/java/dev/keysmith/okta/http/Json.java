package dev.keysmith.okta.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JSON as an org sends it, and the only way in which it is read here.
 *
 * <p>A value that is absent, null or blank is not there. A value of another type is not there
 * either where it describes something; where something is decided by it, it is a fault of the
 * answer.
 *
 * @param node never read elsewhere: the library turns null into the text "null"
 */
public record Json(JsonNode node) {

  /** What is not JSON, and what is not there. */
  public static final Json NOTHING = new Json(MissingNode.getInstance());

  boolean isList() {
    return node.isArray();
  }

  boolean isObject() {
    return node.isObject();
  }

  /** What is found along names of fields. */
  public Json at(String... path) {
    JsonNode found = node;
    for (String name : path) {
      found = found.path(name);
    }
    return new Json(found);
  }

  /** A text that is there; empty for every other type. */
  public Optional<String> text(String... path) {
    JsonNode found = at(path).node;
    return found.isTextual()
        ? Optional.of(found.textValue()).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  /**
   * A text that decides something.
   *
   * @throws IllegalArgumentException if it has another type
   */
  public Optional<String> decisiveText(String... path) {
    JsonNode found = at(path).node;
    if (!found.isTextual() && isThere(found)) {
      throw wrong("text", path);
    }
    return text(path);
  }

  /** A whole number that is there; empty for every other type. */
  public Optional<Long> number(String... path) {
    JsonNode found = at(path).node;
    return found.isIntegralNumber() && found.canConvertToLong()
        ? Optional.of(found.longValue())
        : Optional.empty();
  }

  /** Whether it is true; anything else is not. */
  public boolean isTrue(String... path) {
    return at(path).node.isBoolean() && at(path).node.booleanValue();
  }

  /**
   * The items of a list; none if there is no list.
   *
   * @throws IllegalArgumentException if it has another type: that says nothing about items
   */
  public List<Json> list(String... path) {
    JsonNode found = at(path).node;
    if (!found.isArray() && isThere(found)) {
      throw wrong("list", path);
    }
    List<Json> items = new ArrayList<>();
    found.elements().forEachRemaining(item -> items.add(new Json(item)));
    return items;
  }

  private static boolean isThere(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  private static IllegalArgumentException wrong(String type, String... path) {
    return new IllegalArgumentException(String.join(".", path) + " is no " + type);
  }

  /** Without its content. */
  @Override
  public String toString() {
    return "Json[" + node.getNodeType() + "]";
  }
}
