package dev.keysmith.war.rest.operator;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.operator.NewOperator;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.Operators;
import dev.keysmith.core.operator.SetUps;
import dev.keysmith.core.page.Slice;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.login.setup.Links;
import dev.keysmith.war.rest.list.ListParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Operators: the people who use the panel. */
@Path("operators")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTRATES)
@Tag(name = "Operators", description = "People who use the panel")
public class OperatorsResource {

  @Inject Operators operators;
  @Inject SetUps setUps;
  @Inject Links links;
  @Inject CurrentOperator current;
  @Inject Reauthentication fresh;
  @Context HttpServletRequest request;

  /** What the API tells about an operator. */
  @Schema(name = "Operator")
  public record Account(
      long id,
      String login,
      String name,
      Role role,
      boolean enabled,
      @Schema(description = "Whether the OpenID provider says name and role") boolean external,
      Instant created,
      String createdBy,
      Optional<Instant> lastSignIn) {

    static Account of(Operator operator) {
      return new Account(
          operator.id(),
          operator.login(),
          operator.name(),
          operator.role(),
          operator.enabled(),
          operator.isExternal(),
          operator.created(),
          operator.createdBy(),
          operator.lastSignIn());
    }
  }

  /** An operator who is wanted. */
  @Schema(name = "NewOperator")
  public record Wanted(String login, String name, Role role) {}

  /** A role to have from now on. */
  @Schema(name = "OperatorRole")
  public record WantedRole(Role role) {}

  /** A one-time link, shown this once. */
  @Schema(name = "SetUpLink")
  public record Link(@Schema(description = "For the operator alone") String address) {

    @Override
    public String toString() {
      return "Link[]";
    }
  }

  /** All operators. */
  @GET
  @Operation(summary = "List operators")
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema =
          @Schema(
              implementation = String.class,
              pattern = "^-?(login|name|role|created|lastSignIn|id)$"))
  @Parameter(
      name = "text",
      in = ParameterIn.QUERY,
      description = "Part of login or name",
      schema = @Schema(implementation = String.class))
  @Parameter(name = "role", in = ParameterIn.QUERY, schema = @Schema(implementation = Role.class))
  @Parameter(
      name = "enabled",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = Boolean.class))
  public Slice<Account> list(@BeanParam ListParameters list) {
    return operators.list(list.page()).map(Account::of);
  }

  /** A new operator. */
  @POST
  @Operation(summary = "Create an operator, who then needs a set-up link")
  @APIResponseSchema(
      value = Account.class,
      responseCode = "201",
      responseDescription = "The operator")
  public Response create(Wanted wanted, @Context UriInfo uri) {
    fresh.require(request);
    Operator made =
        operators.create(
            current.actor(), new NewOperator(wanted.login(), wanted.name(), wanted.role()));
    return Response.created(uri.getAbsolutePathBuilder().path(Long.toString(made.id())).build())
        .entity(Account.of(made))
        .build();
  }

  /** One operator. */
  @GET
  @Path("{id}")
  @Operation(summary = "Look at an operator")
  public Account get(@PathParam("id") long id) {
    return Account.of(operators.get(id));
  }

  /** A link to hand over. */
  @POST
  @Path("{id}/set-up-link")
  @Operation(
      summary = "Issue a one-time link by which the operator sets up a password or a passkey",
      description = "Valid for three days and once; links issued before do not work any more.")
  public Link issueLink(@PathParam("id") long id) {
    fresh.require(request);
    return new Link(links.address(setUps.issue(current.actor(), id), request));
  }

  /** What the operator may do from now on. */
  @PUT
  @Path("{id}/role")
  @Operation(summary = "Change what an operator may do; holds from the next request on")
  public Account changeRole(@PathParam("id") long id, WantedRole wanted) {
    fresh.require(request);
    return Account.of(operators.changeRole(current.actor(), id, wanted.role()));
  }

  /** The end of an account. */
  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Remove an operator with all ways to sign in",
      description =
          "Never oneself, and never the last administrator who can sign in. The audit log keeps the"
              + " name; API tokens that the operator has made stay good.")
  public void remove(@PathParam("id") long id) {
    fresh.require(request);
    operators.remove(current.actor(), id);
  }

  /** Keeps out. */
  @POST
  @Path("{id}/disable")
  @Operation(summary = "Keep an operator out and end all sessions")
  public Account disable(@PathParam("id") long id) {
    fresh.require(request);
    return Account.of(operators.disable(current.actor(), id));
  }

  /** Lets in again. */
  @POST
  @Path("{id}/enable")
  @Operation(summary = "Let an operator in again")
  public Account enable(@PathParam("id") long id) {
    fresh.require(request);
    return Account.of(operators.enable(current.actor(), id));
  }

  /** Ends sessions. */
  @POST
  @Path("{id}/sign-out")
  @Operation(summary = "End all sessions of an operator")
  @APIResponse(responseCode = "204", description = "They are over")
  public void signOut(@PathParam("id") long id) {
    operators.endSessions(current.actor(), id);
  }
}
