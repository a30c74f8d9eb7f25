package dev.keysmith.war.rest.operator;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.AuditEntry;
import dev.keysmith.core.audit.AuditExport;
import dev.keysmith.core.audit.AuditProof;
import dev.keysmith.core.audit.AuditVerification;
import dev.keysmith.core.audit.Integrity;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.seal.Inspection;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.rest.list.ListParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit log, for reading. */
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.AUDITS})
@Tag(name = "Audit", description = "Who did what to whom, and when")
public class AuditResource {

  @Inject Audit audit;
  @Inject AuditExport export;
  @Inject AuditVerification verification;
  @Inject Integrity integrity;
  @Inject CurrentOperator operator;

  /** One entry. */
  @Schema(name = "AuditEntry")
  public record Entry(
      long id, Instant at, Actor by, String action, Subject subject, Map<String, String> details) {

    static Entry of(AuditEntry entry) {
      return new Entry(
          entry.id(), entry.at(), entry.by(), entry.action(), entry.subject(), entry.details());
    }
  }

  /** A row of the CSV; the details are a JSON object. */
  @Schema(name = "AuditRow")
  public record Row(
      String id,
      String at,
      String actorKind,
      String actorId,
      String actor,
      String action,
      String subjectType,
      String subjectId,
      String subject,
      String details) {}

  /** A part of the log. */
  @GET
  @Operation(summary = "List what was done, the newest first")
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema = @Schema(implementation = String.class, pattern = "^-?(at|id)$"))
  public Slice<Entry> list(@BeanParam ListParameters list, @BeanParam AuditFilters filters) {
    return audit.list(list.page(filters.all())).map(Entry::of);
  }

  /**
   * Whether anything was written past the server.
   *
   * @param log whether the audit log is as it was written
   * @param changed rows that let people in, or say where secrets go, and are not the server's
   */
  @Schema(name = "Verification")
  public record Verification(AuditProof log, List<Inspection.ChangedRow> changed) {}

  /** Whether the log is as it was written. */
  @GET
  @Path("verification")
  @Operation(
      summary = "Verify the audit log, and look for what was written past the server",
      description =
          "Reads the whole log. Keep the number of entries and the hash elsewhere: a later answer"
              + " with fewer entries says that the database was set back.")
  public Verification verify() {
    return new Verification(verification.verify(), integrity.look());
  }

  /** A row that grants nothing any more. */
  @POST
  @Path("changed-rows/{kind}/{id}/withdraw")
  @RolesAllowed(Role.ADMINISTRATES)
  @Operation(
      summary = "Take a row out of use that was written past the server",
      description =
          "What hangs on it is withdrawn, and its alarm ends. A user counts as one who has left,"
              + " until an import finds the account again. An integration is refused: correct its"
              + " settings and enter its secrets.")
  @APIResponse(responseCode = "204", description = "The row is out of use")
  public void withdraw(@PathParam("kind") String kind, @PathParam("id") long id) {
    integrity.withdraw(operator.actor(), kind, id);
  }

  /** The log as CSV. */
  @GET
  @Path("export.csv")
  @Produces("text/csv")
  @Operation(
      summary = "Export the log as CSV, the oldest entries of each server first",
      description = "Takes the filters of the list. No value is one that a spreadsheet executes.")
  @APIResponse(
      responseCode = "200",
      description = "A row for each entry, after a row of titles",
      content = @Content(mediaType = "text/csv", schema = @Schema(implementation = Row.class)))
  public Response csv(@BeanParam AuditFilters filters) {
    Map<String, String> wanted = checked(filters);
    Actor by = operator.actor();
    return file("audit.csv", "text/csv;charset=UTF-8", to -> export.csv(by, wanted, to));
  }

  /** The log as JSON lines. */
  @GET
  @Path("export.jsonl")
  @Produces("application/x-ndjson")
  @Operation(
      summary = "Export the log as JSON, an object a line, the oldest entries of each server first",
      description = "Takes the filters of the list.")
  @APIResponse(
      responseCode = "200",
      description = "An entry a line",
      content =
          @Content(
              mediaType = "application/x-ndjson",
              schema = @Schema(implementation = Entry.class)))
  public Response jsonLines(@BeanParam AuditFilters filters) {
    Map<String, String> wanted = checked(filters);
    Actor by = operator.actor();
    return file("audit.jsonl", "application/x-ndjson", to -> export.jsonLines(by, wanted, to));
  }

  /** Refused now, not in the middle of a file. */
  private Map<String, String> checked(AuditFilters filters) {
    Map<String, String> wanted = filters.all();
    audit.list(new PageRequest(0, 1, "", wanted));
    return wanted;
  }

  private static Response file(String name, String type, Consumer<Writer> content) {
    StreamingOutput rows =
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          content.accept(writer);
          writer.flush();
        };
    return Response.ok(rows, type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=" + name)
        .build();
  }
}
