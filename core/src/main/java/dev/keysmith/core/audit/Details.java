package dev.keysmith.core.audit;

import dev.keysmith.spi.Text;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The details of an audit entry as a JSON object of texts. */
final class Details {

  private static final int MAX_VALUE = 500;
  private static final int MAX_ALL = 4000;

  private Details() {}

  /** Long values are cut, and what then still does not fit is left out: the entry must be kept. */
  static String write(Map<String, String> details) {
    JsonObjectBuilder all = Json.createObjectBuilder();
    int length = 2;
    for (Map.Entry<String, String> each : new TreeMap<>(details).entrySet()) {
      String value = Text.shorten(each.getValue(), MAX_VALUE);
      // Written out, a member is at most its texts escaped, four quotes, colon and comma.
      length += Json.createValue(each.getKey()).toString().length();
      length += Json.createValue(value).toString().length() + 2;
      if (length <= MAX_ALL) {
        all.add(each.getKey(), value);
      }
    }
    return all.build().toString();
  }

  /** What the server has not written is shown as it is, so that it hides no other entry. */
  static Map<String, String> read(String json) {
    try {
      return texts(json);
    } catch (RuntimeException e) {
      return Map.of("text", json);
    }
  }

  private static Map<String, String> texts(String json) {
    Map<String, String> details = new LinkedHashMap<>();
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      reader
          .readObject()
          .forEach((name, value) -> details.put(name, ((JsonString) value).getString()));
    }
    return details;
  }
}
