package dev.keysmith.war.rest.workflow;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.workflow.Trigger;
import dev.keysmith.core.workflow.WorkflowRun;
import dev.keysmith.core.workflow.Workflows;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.rest.list.ListParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Workflows: rules that assign passkeys. */
@Path("workflows")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTRATES)
@Tag(name = "Workflows", description = "Rules that assign passkeys without a further hand")
public class WorkflowsResource {

  @Inject Workflows workflows;
  @Inject CurrentOperator operator;

  /** What the API tells about a workflow. */
  public record Workflow(
      long id,
      String name,
      long integrationId,
      Trigger trigger,
      Set<Long> groupIds,
      boolean enabled,
      Instant created) {

    static Workflow of(dev.keysmith.core.workflow.Workflow workflow) {
      return new Workflow(
          workflow.id(),
          workflow.name(),
          workflow.integrationId(),
          workflow.trigger(),
          workflow.groupIds(),
          workflow.enabled(),
          workflow.created());
    }
  }

  /**
   * A workflow that is wanted.
   *
   * @param groupIds none means everybody
   * @param enabled true if not given
   */
  @Schema(name = "WorkflowDefinition")
  public record Wanted(
      String name,
      long integrationId,
      Trigger trigger,
      @Nullable Set<Long> groupIds,
      @Nullable Boolean enabled) {

    dev.keysmith.core.workflow.Workflow.Definition definition() {
      return new dev.keysmith.core.workflow.Workflow.Definition(
          name,
          integrationId,
          trigger,
          groupIds == null ? Set.of() : groupIds,
          enabled == null || enabled);
    }
  }

  /** A decision of a workflow. */
  @Schema(name = "WorkflowRun")
  public record Run(
      long id,
      long workflowId,
      long userId,
      String cause,
      WorkflowRun.Decision decision,
      Message reason,
      Optional<Long> passkeyId,
      Instant decided) {

    static Run of(WorkflowRun run) {
      return new Run(
          run.id(),
          run.workflowId(),
          run.userId(),
          run.cause(),
          run.decision(),
          run.reason(),
          run.passkeyId(),
          run.decided());
    }
  }

  /** All workflows. */
  @GET
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "List the workflows by name")
  public List<Workflow> list() {
    return workflows.list().stream().map(Workflow::of).toList();
  }

  /** A new workflow. */
  @POST
  @Operation(
      summary = "Define a workflow",
      description = "It acts on what happens from now on; users already there are left alone.")
  @APIResponseSchema(
      value = Workflow.class,
      responseCode = "201",
      responseDescription = "The workflow")
  public Response define(Wanted wanted, @Context UriInfo uri) {
    Workflow workflow = Workflow.of(workflows.define(operator.actor(), wanted.definition()));
    return Response.created(uri.getAbsolutePathBuilder().path(Long.toString(workflow.id())).build())
        .entity(workflow)
        .build();
  }

  /** One workflow. */
  @GET
  @Path("{id}")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "Look at a workflow")
  public Workflow get(@PathParam("id") long id) {
    return Workflow.of(workflows.find(id));
  }

  /** A changed workflow. */
  @PUT
  @Path("{id}")
  @Operation(summary = "Change a workflow, or switch it on or off")
  public Workflow redefine(@PathParam("id") long id, Wanted wanted) {
    return Workflow.of(workflows.redefine(operator.actor(), id, wanted.definition()));
  }

  /** The end of a workflow. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Remove a workflow and its run log; passkeys that it assigned stay")
  public void remove(@PathParam("id") long id) {
    workflows.remove(operator.actor(), id);
  }

  /** A part of the run log. */
  @GET
  @Path("{id}/runs")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "List what a workflow decided, and why, the newest first")
  @Parameter(name = "user", in = ParameterIn.QUERY, schema = @Schema(implementation = long.class))
  @Parameter(
      name = "decision",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = WorkflowRun.Decision.class))
  @Parameter(
      name = "cause",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema = @Schema(implementation = String.class, pattern = "^-?(decided|id)$"))
  public Slice<Run> runs(@PathParam("id") long id, @BeanParam ListParameters list) {
    workflows.find(id);
    return workflows.runs(list.page().with("workflow", Long.toString(id))).map(Run::of);
  }
}
