package dev.keysmith.war.problem;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.text.MessageView;
import dev.keysmith.war.text.Texts;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of every failure of the API (RFC 9457, section 3).
 *
 * @param type the kind of problem, a URN that ends in the code
 * @param title the HTTP status in words
 * @param status the HTTP status
 * @param detail for people: what was wrong, what to do
 * @param code for programs: stable
 * @param fields what is wrong with which field of the request
 * @param arguments what fills the gaps of the detail, by name
 * @param incident where the server has a fault: an id to look for in its log
 */
public record Problem(
    @Schema(description = "The kind of problem: urn:keysmith:problem: and the code") String type,
    @Schema(description = "The HTTP status in words") String title,
    @Schema(description = "The HTTP status") int status,
    @Schema(
            description =
                "For people, in the language of Accept-Language: what was wrong, what to do")
        String detail,
    @Schema(description = "For programs: stable, for instance token.not-found") String code,
    @Schema(description = "What is wrong with which field of the request")
        @Nullable Map<String, String> fields,
    @Schema(description = "Numbers, names and messages within the detail, by name")
        @Nullable Map<String, Object> arguments,
    @Schema(description = "Where the server has a fault: an id to look for in its log")
        @Nullable String incident) {

  /** The media type of a problem. */
  public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

  /** A problem that the caller can understand and mend. */
  public static Problem of(int status, Message message, Texts texts) {
    Map<String, Object> arguments = MessageView.arguments(message, texts);
    return new Problem(
        type(message.code()),
        title(status),
        status,
        texts.message(message),
        message.code(),
        null,
        arguments.isEmpty() ? null : arguments,
        null);
  }

  /** A refusal of core. */
  public static Problem of(ProblemException e, Texts texts) {
    Map<String, String> wrong = new HashMap<>();
    e.fields().forEach((field, message) -> wrong.put(field, texts.message(message)));
    return of(KnownProblems.status(e.kind()), e.message(), texts).with(wrong);
  }

  private Problem with(Map<String, String> wrong) {
    return new Problem(
        type, title, status, detail, code, wrong.isEmpty() ? null : wrong, arguments, incident);
  }

  /** A fault of the server, whose log says more under the id. */
  public static Problem incident(String id, Texts texts) {
    Message message = Message.of(RequestMessage.FAULT, id);
    return new Problem(
        type(message.code()),
        title(500),
        500,
        texts.message(message),
        message.code(),
        null,
        null,
        id);
  }

  /** The answer that carries this problem. */
  public Response toResponse() {
    return responseBuilder().build();
  }

  Response.ResponseBuilder responseBuilder() {
    return Response.status(status).type(MEDIA_TYPE).entity(this);
  }

  private static String type(String code) {
    return "urn:keysmith:problem:" + code;
  }

  private static String title(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? "Failure" : known.getReasonPhrase();
  }
}
