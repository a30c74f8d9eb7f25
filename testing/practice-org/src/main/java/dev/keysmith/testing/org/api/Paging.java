package dev.keysmith.testing.org.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keysmith.testing.org.http.Answer;
import dev.keysmith.testing.org.http.Call;
import dev.keysmith.testing.org.http.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pages as Okta gives them: an array, and the way on in {@code Link} headers, one line each. */
final class Paging {

  private final String origin;

  Paging(String origin) {
    this.origin = origin;
  }

  /** The first items, and a link to the others if there are any. */
  <T> Answer answer(
      Call call,
      Stream<T> items,
      int limit,
      Function<T, String> id,
      Function<T, ? extends JsonNode> form) {
    List<T> some = items.limit(limit + 1L).toList();
    List<T> page = some.subList(0, Math.min(limit, some.size()));
    Answer answer =
        Answer.json(Json.array(page, form))
            .with("Link", "<" + origin + call.target() + ">; rel=\"self\"");
    if (some.size() <= limit || page.isEmpty()) {
      return answer;
    }
    return answer.with("Link", next(call, id.apply(page.get(page.size() - 1))));
  }

  private String next(Call call, String after) {
    Map<String, String> query = new TreeMap<>(call.query());
    query.put("after", after);
    String text =
        query.entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
    return "<" + origin + call.path() + "?" + text + ">; rel=\"next\"";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
