package dev.keysmith.testing.org.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** JSON as Okta writes it. */
public final class Json {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An array of what the items become. */
  public static <T> ArrayNode array(Iterable<T> items, Function<T, ? extends JsonNode> form) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(form.apply(item)));
    return array;
  }

  /** An array of texts. */
  public static ArrayNode texts(Iterable<String> items) {
    return array(items, JsonNodeFactory.instance::textNode);
  }

  /** An instant, always with milliseconds. */
  public static String instant(Instant instant) {
    return MILLIS.format(instant);
  }

  /** A link with the methods that it allows. */
  public static ObjectNode link(String href, String... allow) {
    ObjectNode link = object().put("href", href);
    if (allow.length > 0) {
      link.putObject("hints").set("allow", texts(java.util.List.of(allow)));
    }
    return link;
  }

  /** The text of a node. */
  public static byte[] write(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree could not be written", e);
    }
  }

  /** A text of an object; empty where it is absent, null or of another type. */
  public static Optional<String> text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  /** Reads what was written here. */
  static JsonNode readAny(byte[] text) {
    try {
      return MAPPER.readTree(text);
    } catch (java.io.IOException e) {
      throw new IllegalStateException("An answer could not be read again", e);
    }
  }

  /** Reads an object; anything else is an invalid request. */
  public static JsonNode read(byte[] text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (java.io.IOException e) {
      // Answered below as Okta does, without the text.
    }
    throw new OktaError(400, "E0000003", "The request body was not well-formed.");
  }
}
