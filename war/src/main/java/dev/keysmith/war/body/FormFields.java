package dev.keysmith.war.body;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a form, and those of the address. CDI gives beans the container's own request,
 * which has only those of the address, because {@link BodyGate} reads the bodies.
 */
public final class FormFields {

  private static final String ATTRIBUTE = FormFields.class.getName();

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private FormFields() {}

  /** Those of a request: of its form, too, if it has one that is here. */
  public static FormFields of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof FormFields fields
        ? fields
        : ofAddress(request);
  }

  private static FormFields ofAddress(HttpServletRequest request) {
    FormFields fields = new FormFields();
    request.getParameterMap().forEach((name, all) -> fields.values.put(name, List.of(all)));
    return fields;
  }

  /**
   * Those of the address and of a body. They are the request's from now on.
   *
   * @throws IllegalArgumentException if a field is not encoded as a form has it
   */
  static FormFields read(HttpServletRequest request, byte[] body) {
    FormFields fields = new FormFields();
    String query = request.getQueryString();
    fields.read(query == null ? "" : query);
    fields.read(new String(body, StandardCharsets.ISO_8859_1));
    request.setAttribute(ATTRIBUTE, fields);
    return fields;
  }

  private void read(String text) {
    for (String field : text.split("&")) {
      if (!field.isEmpty()) {
        int equals = field.indexOf('=');
        String name = decoded(equals < 0 ? field : field.substring(0, equals));
        String value = equals < 0 ? "" : decoded(field.substring(equals + 1));
        values.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The first value of a field; empty if there is none. */
  public Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  /** All values of a field. */
  public List<String> values(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** All fields, in their order. */
  public Map<String, List<String>> all() {
    return Collections.unmodifiableMap(values);
  }

  /** As the container would give them. */
  Map<String, String[]> asParameters() {
    Map<String, String[]> parameters = new LinkedHashMap<>();
    values.forEach((name, all) -> parameters.put(name, all.toArray(String[]::new)));
    return parameters;
  }
}
