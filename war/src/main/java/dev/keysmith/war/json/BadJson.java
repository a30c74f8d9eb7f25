package dev.keysmith.war.json;

import dev.keysmith.core.problem.ProblemException;
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
          "request.malformed-json",
          "The request body is not JSON: it breaks off or has a mistake near line %d, column %d."
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
    if (e.getPath().isEmpty()) {
      return empty();
    }
    return fields(Map.of(path(e), complaint(e)));
  }

  static ProblemException empty() {
    return ProblemException.invalid(
        "request.no-body", "The request needs a body: a JSON object as the API describes.");
  }

  static ProblemException fields(Map<String, String> fields) {
    return ProblemException.invalid(
        "request.invalid-fields",
        fields.entrySet().stream()
            .map(field -> "\"" + field.getKey() + "\" " + field.getValue())
            .collect(Collectors.joining("; ", "The request body does not fit: ", ".")),
        fields);
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

  private static String complaint(JacksonException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return unknown.getKnownPropertyIds().stream()
          .map(String::valueOf)
          .sorted()
          .collect(Collectors.joining(", ", "is not known here (known: ", ")"));
    }
    if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
      return Arrays.stream(format.getTargetType().getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name())
          .collect(Collectors.joining(", ", "must be one of ", ""));
    }
    return "has the wrong type or form";
  }
}
