package dev.keysmith.testing.org.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Right answers, made odd: what orgs, and proxies before them, have been seen to send. */
final class Distortion {

  private static final String NEXT = "; rel=\"next\"";

  private Distortion() {}

  /** Half of the answer. */
  static Answer broken(Answer answer) {
    byte[] half = java.util.Arrays.copyOf(answer.body(), answer.body().length / 2);
    return new Answer(answer.status(), answer.contentType(), half, answer.headers());
  }

  /** An object in place of whatever it was. */
  static Answer object(Answer answer) {
    return new Answer(
        answer.status(), answer.contentType(), Json.write(Json.object()), answer.headers());
  }

  /** Null in place of each value of a field; of every field if none is named. */
  static Answer nulls(Answer answer, String field) {
    JsonNode body = Json.readAny(answer.body());
    empty(body, field);
    return new Answer(answer.status(), answer.contentType(), Json.write(body), answer.headers());
  }

  private static void empty(JsonNode node, String field) {
    if (node instanceof ArrayNode items) {
      items.forEach(item -> empty(item, field));
    } else if (node instanceof ObjectNode object) {
      List<String> names = object.properties().stream().map(Map.Entry::getKey).toList();
      for (String name : names) {
        if (field.isEmpty() || field.equals(name)) {
          object.putNull(name);
        } else {
          empty(object.get(name), field);
        }
      }
    }
  }

  /** One header for all links, in forms that RFC 8288 allows, and one that it does not. */
  static Answer oddLinks(Answer answer) {
    String joined =
        answer.headers().stream()
            .filter(header -> header.getKey().equals("Link"))
            .map(
                header ->
                    header.getValue().replaceFirst("; rel=\"(.*)\"", "; title=\"a, b\"; rel='$1'"))
            .collect(Collectors.joining(" , "));
    Answer bare = withoutLinks(answer);
    return joined.isEmpty() ? bare : bare.with("Link", joined);
  }

  /** The first page in place of the next one, on every page but the first. */
  static Answer circle(Answer answer, Call call) {
    boolean leadsOn =
        answer.headers().stream().anyMatch(header -> header.getValue().endsWith(NEXT));
    if (call.queried("after").isEmpty() || !leadsOn) {
      return answer;
    }
    String limit = call.queried("limit").map(value -> "?limit=" + value).orElse("");
    return withoutLinks(answer).with("Link", "<" + call.path() + limit + ">" + NEXT);
  }

  private static Answer withoutLinks(Answer answer) {
    return new Answer(
        answer.status(),
        answer.contentType(),
        answer.body(),
        answer.headers().stream().filter(header -> !header.getKey().equals("Link")).toList());
  }
}
