package dev.keysmith.war.rest;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.AuditEntry;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.operator.Role;
import dev.keysmith.core.page.Slice;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit log, for reading. */
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.AUDITS})
@Tag(name = "Audit", description = "Who did what to whom, and when")
public class AuditResource {

  @Inject Audit audit;

  /** One entry. */
  @Schema(name = "AuditEntry")
  public record Entry(
      long id, Instant at, Actor by, String action, Subject subject, Map<String, String> details) {

    static Entry of(AuditEntry entry) {
      return new Entry(
          entry.id(), entry.at(), entry.by(), entry.action(), entry.subject(), entry.details());
    }
  }

  /** A part of the log. */
  @GET
  @Operation(summary = "List what was done, the newest first")
  @Parameter(
      name = "actor",
      in = ParameterIn.QUERY,
      description = "The name",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "kind",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = Actor.Kind.class))
  @Parameter(
      name = "action",
      in = ParameterIn.QUERY,
      description = "Its beginning",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "subjectType",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "subjectId",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "subject",
      in = ParameterIn.QUERY,
      description = "Part of the label",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "This instant or later",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "Before this instant",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema = @Schema(implementation = String.class, pattern = "^-?(at|id)$"))
  public Slice<Entry> list(@BeanParam ListParameters list) {
    return audit.list(list.page()).map(Entry::of);
  }
}
