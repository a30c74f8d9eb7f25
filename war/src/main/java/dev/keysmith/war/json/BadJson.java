package dev.keysmith.war.json;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns what is wrong with a JSON body into a problem; never repeats values, only field names. */
final class BadJson {

  private BadJson() {}

  static ProblemException from(JacksonException e) {
    if (e instanceof StreamReadException) {
      return ProblemException.invalid(
          JsonMessage.MALFORMED, e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }
    if (e.getPath().isEmpty()) {
      return empty();
    }
    return fields(Map.of(path(e), complaint(e)));
  }

  static ProblemException empty() {
    return ProblemException.invalid(JsonMessage.EMPTY);
  }

  static ProblemException fields(Map<String, Message> wrong) {
    return ProblemException.invalid(
            JsonMessage.FIELDS, wrong.keySet().stream().sorted().collect(Collectors.joining(", ")))
        .at(wrong);
  }

  private static String path(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  private static Message complaint(JacksonException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return Message.of(
          ProblemMessage.FIELD_UNKNOWN,
          unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", ")));
    }
    if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
      return Message.of(
          ProblemMessage.FIELD_ONE_OF,
          Arrays.stream(format.getTargetType().getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name())
              .collect(Collectors.joining(", ")));
    }
    return Message.of(ProblemMessage.FIELD_TYPE);
  }
}
