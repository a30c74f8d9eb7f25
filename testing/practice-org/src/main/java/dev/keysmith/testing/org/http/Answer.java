package dev.keysmith.testing.org.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an endpoint answers.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body empty for none
 * @param headers further ones, each with its own line
 */
public record Answer(
    int status, String contentType, byte[] body, List<Map.Entry<String, String>> headers) {

  /** JSON. */
  public static Answer json(int status, JsonNode body) {
    return new Answer(status, "application/json", Json.write(body), List.of());
  }

  /** JSON with status 200. */
  public static Answer json(JsonNode body) {
    return json(200, body);
  }

  /** Status 204. */
  public static Answer noContent() {
    return new Answer(204, "", new byte[0], List.of());
  }

  /** A web page. */
  public static Answer html(int status, String page) {
    return new Answer(
        status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8), List.of());
  }

  /** An error in Okta's form. */
  public static Answer error(OktaError error, String errorId) {
    ObjectNode body = Json.object();
    body.put("errorCode", error.code());
    body.put("errorSummary", error.getMessage());
    body.put("errorLink", error.code());
    body.put("errorId", errorId);
    body.set(
        "errorCauses",
        Json.array(error.causes(), cause -> Json.object().put("errorSummary", cause)));
    return json(error.status(), body);
  }

  /** This answer with one more header line. */
  public Answer with(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new Answer(status, contentType, body, List.copyOf(more));
  }
}
