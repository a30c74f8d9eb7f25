package dev.keysmith.war.rest.directory;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.imports.ImportPlan;
import dev.keysmith.core.imports.ImportProgress;
import dev.keysmith.core.imports.ImportRun;
import dev.keysmith.core.imports.Imports;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.userlist.ListPreview;
import dev.keysmith.war.login.LastingRight;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.progress.Progress;
import dev.keysmith.war.progress.ProgressStreams;
import dev.keysmith.war.rest.list.ListParameters;
import dev.keysmith.war.text.Texts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Imports of users and groups: start, watch, cancel, continue. */
@Path("imports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
@Tag(name = "Imports", description = "Fetching users and groups from identity providers")
public class ImportsResource {

  @Inject Imports imports;
  @Inject HttpServletRequest request;
  @Inject CurrentOperator operator;
  @Inject ProgressStreams streams;
  @Inject LastingRight right;

  /** An import that is wanted; the groups by their identifiers at the identity provider. */
  @Schema(name = "NewImport")
  public record Wanted(
      long integrationId,
      ImportPlan.Scope scope,
      @Nullable List<String> groups,
      ImportPlan.Mode mode,
      @Nullable Boolean manyMayLeave) {

    ImportPlan plan() {
      return new ImportPlan(
          scope, groups == null ? List.of() : groups, mode, Boolean.TRUE.equals(manyMayLeave));
    }
  }

  /** A line of a list that was not imported. */
  @Schema(name = "ImportProblem")
  public record BadLine(String line, String user, String problem) {}

  /** A row of a list of users. */
  @Schema(name = "ListedUser")
  public record Listed(String login, String name) {}

  /** All imports. */
  @GET
  @Operation(summary = "List the imports, the newest first")
  @Parameter(
      name = "integration",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = long.class))
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = ImportRun.State.class))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema = @Schema(implementation = String.class, pattern = "^-?(queued|queuedAt|id)$"))
  public Slice<ImportRunView> list(@BeanParam ListParameters list) {
    return imports.list(list.page()).map(run -> ImportRunView.of(run, imports.canGoOn(run.id())));
  }

  /** A new import. */
  @POST
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(
      summary = "Start an import; it runs by itself",
      description =
          "Scope WHOLE takes everybody, and the members of each group that was imported before;"
              + " GROUPS the members of the groups named. Mode NEW_ONLY leaves users who are known"
              + " already as they are; NEW_AND_UPDATE brings them up to date and, with scope WHOLE,"
              + " marks those who have left. One import at a time for each integration.")
  @APIResponseSchema(
      value = ImportRunView.class,
      responseCode = "202",
      responseDescription = "The import waits or runs")
  public Response start(Wanted wanted, @Context UriInfo uri) {
    ImportRun run = imports.start(operator.actor(), wanted.integrationId(), wanted.plan());
    return Response.accepted(ImportRunView.of(run, false))
        .location(uri.getAbsolutePathBuilder().path(Long.toString(run.id())).build())
        .build();
  }

  /** A new import from a list. */
  @POST
  @Path("list")
  @Consumes("text/csv")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(
      summary = "Import the users whom a list names, by login or by id; it runs by itself",
      description =
          "CSV in UTF-8, UTF-16 or Windows-1252, separated by commas, semicolons or tabs, at most 100000"
              + " lines. It has one column, or its first row names one of them login, user name or id. Each user is"
              + " looked up at the identity provider; what is wrong with the others is listed at"
              + " /problems. With update=true those who are known already are brought up to date.")
  @APIResponseSchema(
      value = ImportRunView.class,
      responseCode = "202",
      responseDescription = "The import waits or runs")
  public Response startListed(
      @QueryParam("integration") long integration,
      @QueryParam("update") @DefaultValue("false") boolean update,
      byte[] list,
      @Context UriInfo uri) {
    ImportPlan.Mode mode = update ? ImportPlan.Mode.NEW_AND_UPDATE : ImportPlan.Mode.NEW_ONLY;
    ImportRun run = imports.startListed(operator.actor(), integration, mode, list);
    return Response.accepted(ImportRunView.of(run, false))
        .location(
            uri.getBaseUriBuilder()
                .path(ImportsResource.class)
                .path(Long.toString(run.id()))
                .build())
        .build();
  }

  /** A list to begin with. */
  @GET
  @Path("list/example")
  @Produces("text/csv")
  @Operation(summary = "Get an example of a list of users, to fill in")
  @APIResponse(
      responseCode = "200",
      description = "Two rows after a row of titles; only the login is read",
      content = @Content(mediaType = "text/csv", schema = @Schema(implementation = Listed.class)))
  public Response example() {
    return csv(
        "login,name\r\nann.archer@example.org,Ann Archer\r\nbob.baker@example.org,Bob Baker\r\n",
        "users.csv");
  }

  private static Response csv(Object entity, String name) {
    return Response.ok(entity, "text/csv;charset=UTF-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=" + name)
        .build();
  }

  /** What a list says. */
  @POST
  @Path("list/preview")
  @Consumes("text/csv")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(
      summary = "Look at a list of users before it is imported; nothing is kept",
      description = "How it was read, its first rows, and what is wrong with which of its lines.")
  public ListPreview preview(byte[] list) {
    return imports.preview(list);
  }

  /** The lines that were not imported. */
  @GET
  @Path("{id}/problems")
  @Produces("text/csv")
  @Operation(summary = "Export whom an import left out, and why, as CSV; of a list with the line")
  @APIResponse(
      responseCode = "200",
      description = "A row for each of them, after a row of titles",
      content = @Content(mediaType = "text/csv", schema = @Schema(implementation = BadLine.class)))
  public Response problems(@PathParam("id") long id) {
    imports.find(id);
    Texts texts = Texts.of(request);
    StreamingOutput rows =
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          imports.writeProblems(id, writer, texts::message);
          writer.flush();
        };
    return csv(rows, "import-problems.csv");
  }

  /** One import. */
  @GET
  @Path("{id}")
  @Operation(summary = "Look at an import")
  public ImportRunView get(@PathParam("id") long id) {
    return ImportRunView.of(imports.find(id), imports.canGoOn(id));
  }

  /** The rest of an import. */
  @POST
  @Path("{id}/continue")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(
      summary = "Go on with an import that failed, at the page or line at which it failed",
      description =
          "Only the newest import of an integration can go on; its field canGoOn says so. What it"
              + " has stored stays, and its counts go on from there.")
  @APIResponseSchema(
      value = ImportRunView.class,
      responseCode = "202",
      responseDescription = "The import waits or runs")
  public Response goOn(@PathParam("id") long id) {
    return Response.accepted(ImportRunView.of(imports.goOn(operator.actor(), id), false)).build();
  }

  /** The end of an import. */
  @DELETE
  @Path("{id}")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(summary = "Cancel an import; what it has stored stays")
  public void cancel(@PathParam("id") long id) {
    imports.cancel(operator.actor(), id);
  }

  /** An import as it goes. */
  @GET
  @Path("{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "Watch an import; each event holds all of its progress")
  @APIResponse(
      responseCode = "200",
      description = "Events named progress, whose data is as described, until the import is over",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = ImportProgress.class)))
  public void events(@PathParam("id") long id, @Context Sse sse, @Context SseEventSink sink) {
    imports.find(id);
    streams.follow(
        sse,
        sink,
        right.ofOperator(),
        streams.stored(
            "import:" + id,
            () -> {
              ImportProgress progress = imports.progress(id);
              return new Progress(progress, progress.state().isOver());
            }));
  }
}
