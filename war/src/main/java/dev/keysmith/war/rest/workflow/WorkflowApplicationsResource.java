package dev.keysmith.war.rest.workflow;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.workflow.WorkflowApplication;
import dev.keysmith.core.workflow.WorkflowApplications;
import dev.keysmith.core.workflow.WorkflowPreviews;
import dev.keysmith.core.workflow.WorkflowRun;
import dev.keysmith.core.workflow.Workflows;
import dev.keysmith.war.login.LastingRight;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.progress.Progress;
import dev.keysmith.war.progress.ProgressStreams;
import dev.keysmith.war.rest.list.ListParameters;
import dev.keysmith.war.rest.passkey.WalkView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What workflows would do for users already there, and doing it. */
@Path("workflows")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTRATES)
@Tag(name = "Workflows")
public class WorkflowApplicationsResource {

  @Inject Workflows workflows;
  @Inject WorkflowApplications applications;
  @Inject WorkflowPreviews previews;
  @Inject CurrentOperator operator;
  @Inject ProgressStreams streams;
  @Inject LastingRight right;

  /** Whom a workflow that is not saved yet concerns; no groups mean everybody. */
  @Schema(name = "WorkflowDraft")
  public record Draft(@Nullable Set<Long> groupIds) {}

  /** What a draft would do. */
  @POST
  @Path("preview/{integration}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Preview a workflow that is not saved yet: who would get a passkey, and who not",
      description =
          "Changes nothing. Takes the filters of the list of users too, and decision: ASSIGNED or"
              + " SKIPPED.")
  public WorkflowPreviews.Preview previewDraft(
      @PathParam("integration") long integration, Draft draft, @BeanParam ListParameters list) {
    Set<Long> groups = draft.groupIds() == null ? Set.of() : draft.groupIds();
    return previews.preview(integration, groups, list.page());
  }

  /** What a workflow would do. */
  @GET
  @Path("{id}/preview")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(
      summary = "Preview a workflow: who of those already there would get a passkey, and who not",
      description = "Changes nothing. Takes the filters of the list of users too.")
  @Parameter(
      name = "decision",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = WorkflowRun.Decision.class))
  public WorkflowPreviews.Preview preview(
      @PathParam("id") long id, @BeanParam ListParameters list) {
    var workflow = workflows.find(id);
    return previews.preview(workflow.integrationId(), workflow.groupIds(), list.page());
  }

  /** A new application. */
  @POST
  @Path("{id}/applications")
  @Operation(
      summary = "Apply a workflow to the users who are there already; it runs by itself",
      description = "Each decision is in the workflow's run log, with the application as cause.")
  @APIResponseSchema(
      value = WalkView.class,
      responseCode = "202",
      responseDescription = "The application runs")
  public Response apply(@PathParam("id") long id, @Context UriInfo uri) {
    WalkView walk = WalkView.of(applications.start(operator.actor(), id));
    return Response.accepted(walk)
        .location(uri.getAbsolutePathBuilder().path(Long.toString(walk.id())).build())
        .build();
  }

  /** The applications of a workflow. */
  @GET
  @Path("{id}/applications")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "List the applications of a workflow, the newest first")
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = dev.keysmith.core.bulk.BulkRun.State.class))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema = @Schema(implementation = String.class, pattern = "^-?(requested|id)$"))
  public Slice<WalkView> list(@PathParam("id") long id, @BeanParam ListParameters list) {
    workflows.find(id);
    return applications.list(list.page().with("workflow", Long.toString(id))).map(WalkView::of);
  }

  /** One application. */
  @GET
  @Path("{id}/applications/{application}")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "Look at an application of a workflow")
  public WalkView get(@PathParam("id") long id, @PathParam("application") long application) {
    return WalkView.of(find(id, application));
  }

  /** An application as it goes. */
  @GET
  @Path("{id}/applications/{application}/events")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "Watch an application of a workflow")
  @APIResponse(
      responseCode = "200",
      description = "Events named progress, whose data is as described, until it is over",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = WalkView.class)))
  public void events(
      @PathParam("id") long id,
      @PathParam("application") long application,
      @Context Sse sse,
      @Context SseEventSink sink) {
    find(id, application);
    streams.follow(
        sse,
        sink,
        right.ofOperator(),
        streams.stored(
            "application:" + application,
            () -> {
              WalkView now = WalkView.of(applications.find(application));
              return new Progress(now, now.hasEnded());
            }));
  }

  /** The end of an application. */
  @DELETE
  @Path("{id}/applications/{application}")
  @Operation(summary = "End an application of a workflow; what was assigned stays")
  public WalkView cancel(@PathParam("id") long id, @PathParam("application") long application) {
    find(id, application);
    return WalkView.of(applications.cancel(operator.actor(), application));
  }

  private WorkflowApplication find(long id, long application) {
    WorkflowApplication found = applications.find(application);
    if (found.workflowId() != id) {
      throw WorkflowApplications.unknown(application);
    }
    return found;
  }
}
