package dev.keysmith.war.text;

import dev.keysmith.core.message.Message;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message as the API gives it.
 *
 * @param code for programs
 * @param arguments what fills the gaps of the text, by name
 * @param text for people, in the language of the request
 */
public record MessageView(String code, Map<String, Object> arguments, String text) {

  /** A message in the language of the texts. */
  public static MessageView of(Message message, Texts texts) {
    return new MessageView(message.code(), arguments(message, texts), texts.message(message));
  }

  /** The arguments of a message; those that are messages themselves as views. */
  public static Map<String, Object> arguments(Message message, Texts texts) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    message
        .arguments()
        .forEach(
            (name, value) ->
                arguments.put(name, value instanceof Message inner ? of(inner, texts) : value));
    return arguments;
  }
}
