package dev.keysmith.testing.org.practice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keysmith.testing.org.http.Answer;
import dev.keysmith.testing.org.http.Call;
import dev.keysmith.testing.org.http.Fault;
import dev.keysmith.testing.org.http.Fault.Kind;
import dev.keysmith.testing.org.http.Faults;
import dev.keysmith.testing.org.http.Journal;
import dev.keysmith.testing.org.http.Json;
import dev.keysmith.testing.org.http.OktaError;
import dev.keysmith.testing.org.http.Request;
import dev.keysmith.testing.org.http.Routes;
import java.time.Duration;

/** {@code /practice/faults} and {@code /practice/requests}, for tests in another process. */
public final class ControlApi {

  private static final String FAULTS = "/practice/faults";
  private static final String REQUESTS = "/practice/requests";

  private final Faults faults;
  private final Journal journal;

  /** Over the faults and the journal of a server. */
  public ControlApi(Faults faults, Journal journal) {
    this.faults = faults;
    this.journal = journal;
  }

  /** Adds the endpoints. */
  public void register(Routes routes) {
    routes
        .open("GET", FAULTS, call -> waiting())
        .open("POST", FAULTS, this::add)
        .open("DELETE", FAULTS, call -> none(faults::clear))
        .open("GET", REQUESTS, this::requests)
        .open("DELETE", REQUESTS, call -> none(journal::clear));
  }

  private static Answer none(Runnable action) {
    action.run();
    return Answer.noContent();
  }

  private Answer waiting() {
    return Answer.json(Json.array(faults.waiting(), ControlApi::json));
  }

  private Answer add(Call call) {
    Fault fault = fault(call.json());
    faults.add(fault);
    return Answer.json(201, json(fault));
  }

  private static Fault fault(JsonNode body) {
    try {
      Fault fault =
          Fault.of(
              Kind.valueOf(Json.text(body, "kind").orElse("")),
              Json.text(body, "method").orElse("*"),
              Json.text(body, "path").orElse("/**"));
      return fault
          .after(body.path("after").asInt(fault.after()))
          .times(body.path("times").asInt(fault.times()))
          .delay(Duration.ofMillis(body.path("delayMillis").asLong(fault.delay().toMillis())))
          .status(body.path("status").asInt(fault.status()))
          .detail(Json.text(body, "detail").orElse(fault.detail()));
    } catch (IllegalArgumentException e) {
      throw OktaError.invalid("fault", String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode json(Fault fault) {
    return Json.object()
        .put("kind", fault.kind().name())
        .put("method", fault.method())
        .put("path", fault.path())
        .put("after", fault.after())
        .put("times", fault.times())
        .put("delayMillis", fault.delay().toMillis())
        .put("status", fault.status())
        .put("detail", fault.detail());
  }

  /** All, or those that fit the patterns {@code method} and {@code path}. */
  private Answer requests(Call call) {
    String method = call.queried("method").orElse("*");
    String path = call.queried("path").orElse("/**");
    return Answer.json(
        Json.array(
            journal.requests().stream().filter(r -> r.matches(method, path)).toList(),
            ControlApi::json));
  }

  private static ObjectNode json(Request request) {
    ObjectNode node =
        Json.object()
            .put("time", Json.instant(request.time()))
            .put("method", request.method())
            .put("path", request.path())
            .put("status", request.status());
    request.fault().ifPresent(kind -> node.put("fault", kind.name()));
    return node;
  }
}
