package dev.keysmith.war.problem;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
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
 * @param values what fills the gaps of the sentence in other languages
 * @param incident where the server has a fault: an id to look for in its log
 */
public record Problem(
    @Schema(description = "The kind of problem: urn:keysmith:problem: and the code") String type,
    @Schema(description = "The HTTP status in words") String title,
    @Schema(description = "The HTTP status") int status,
    @Schema(description = "For people: what was wrong, what to do") String detail,
    @Schema(description = "For programs: stable, for instance token.not-found") String code,
    @Schema(description = "What is wrong with which field of the request")
        @Nullable Map<String, String> fields,
    @Schema(description = "Numbers and names in the detail, for sentences in other languages")
        @Nullable List<String> values,
    @Schema(description = "Where the server has a fault: an id to look for in its log")
        @Nullable String incident) {

  /** The media type of a problem. */
  public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

  /** A problem that the caller can understand and mend. */
  public static Problem of(int status, String code, String detail, Map<String, String> fields) {
    return new Problem(
        type(code),
        title(status),
        status,
        detail,
        code,
        fields.isEmpty() ? null : fields,
        null,
        null);
  }

  /** The same problem with the values of its sentence. */
  public Problem with(List<String> more) {
    return new Problem(
        type, title, status, detail, code, fields, more.isEmpty() ? null : more, incident);
  }

  /** A fault of the server, whose log says more under the id. */
  public static Problem incident(String id) {
    String detail =
        "The server failed unexpectedly. Its log has the reason under the incident " + id + ".";
    return new Problem(
        type("server.fault"), title(500), 500, detail, "server.fault", null, null, id);
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
