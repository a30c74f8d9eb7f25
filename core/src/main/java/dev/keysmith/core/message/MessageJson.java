package dev.keysmith.core.message;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages as JSON objects with the members {@code code} and {@code arguments}. */
public final class MessageJson {

  private static final String CODE = "code";
  private static final String ARGUMENTS = "arguments";

  private MessageJson() {}

  /** A message as text; without arguments it has only its code. */
  public static String write(Message message) {
    return object(message).toString();
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws jakarta.json.JsonException if it is not JSON
   * @throws ClassCastException if a member has another type
   */
  public static Message read(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return message(reader.readObject());
    }
  }

  private static JsonObject object(Message message) {
    JsonObjectBuilder object = Json.createObjectBuilder().add(CODE, message.code());
    if (!message.arguments().isEmpty()) {
      JsonObjectBuilder arguments = Json.createObjectBuilder();
      message.arguments().forEach((name, value) -> arguments.add(name, value(value)));
      object.add(ARGUMENTS, arguments);
    }
    return object.build();
  }

  private static JsonValue value(Object argument) {
    if (argument instanceof Message message) {
      return object(message);
    }
    return argument instanceof Long number
        ? Json.createValue(number)
        : Json.createValue(argument.toString());
  }

  private static Message message(JsonObject object) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    if (object.containsKey(ARGUMENTS)) {
      object.getJsonObject(ARGUMENTS).forEach((name, value) -> arguments.put(name, read(value)));
    }
    return new Message(object.getString(CODE), arguments);
  }

  private static Object read(JsonValue value) {
    return switch (value.getValueType()) {
      case OBJECT -> message(value.asJsonObject());
      case NUMBER -> ((JsonNumber) value).longValue();
      default -> ((JsonString) value).getString();
    };
  }
}
