package dev.keysmith.war.rest.operator;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.war.rest.list.ListParameters;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit log are wanted. Use as {@code @BeanParam}; the log itself checks the
 * values and refuses filters that it does not know, so they are read from the address.
 */
public class AuditFilters {

  @QueryParam("actor")
  @Parameter(description = "The name of who did it")
  @Nullable String actor;

  @QueryParam("actorId")
  @Parameter(description = "The id of who did it; with kind it names one alone")
  @Nullable String actorId;

  @QueryParam("kind")
  @Parameter(schema = @Schema(implementation = Actor.Kind.class))
  @Nullable String kind;

  @QueryParam("action")
  @Parameter(description = "Its beginning")
  @Nullable String action;

  @QueryParam("subjectType")
  @Nullable String subjectType;

  @QueryParam("subjectId")
  @Nullable String subjectId;

  @QueryParam("subject")
  @Parameter(description = "Part of the label")
  @Nullable String subject;

  @QueryParam("from")
  @Parameter(
      description = "This instant or later",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Nullable String from;

  @QueryParam("to")
  @Parameter(
      description = "Before this instant",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Nullable String to;

  @Context UriInfo uri;

  /** All that are given, by their names. */
  Map<String, String> all() {
    return ListParameters.filters(uri);
  }
}
