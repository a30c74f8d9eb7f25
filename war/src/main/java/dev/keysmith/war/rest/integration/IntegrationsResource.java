package dev.keysmith.war.rest.integration;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.IntegrationDraft;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.integration.LastCheck;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.spi.idp.DirectoryGroup;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.rest.list.ListParameters;
import dev.keysmith.war.rest.list.QueryMessage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Configured identity providers: connect, check, change, remove. */
@Path("integrations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTRATES)
@Tag(name = "Integrations", description = "Connected identity providers")
public class IntegrationsResource {

  private static final int MAX_GROUPS = 200;

  @Inject Integrations integrations;
  @Inject CurrentOperator operator;
  @Inject Reauthentication fresh;

  /** What the API tells about an integration; of its secrets only which ones there are. */
  @Schema(name = "Integration")
  public record Configured(
      long id,
      String label,
      String plugin,
      Optional<String> origin,
      Set<String> domains,
      boolean enabled,
      Map<String, String> settings,
      Set<String> secrets,
      Instant created,
      Optional<LastCheck> lastCheck) {

    static Configured of(Integration integration) {
      return new Configured(
          integration.id(),
          integration.label(),
          integration.plugin(),
          integration.origin(),
          integration.domains(),
          integration.isEnabled(),
          integration.settings(),
          integration.secretNames(),
          integration.createdAt(),
          integration.lastCheck());
    }
  }

  /**
   * Settings as entered; a secret that is left out stays as it is, an empty one is removed.
   *
   * @param domains custom domains; left out, they stay as they are
   */
  @Schema(name = "IntegrationDraft")
  public record Wanted(
      String label,
      String plugin,
      @Nullable List<String> domains,
      @Nullable Map<String, String> settings,
      @Nullable Map<String, char[]> secrets) {

    /** Hands the draft over, and erases the secrets afterwards. */
    <T> T use(Function<IntegrationDraft, T> action) {
      Map<String, char[]> clear = secrets == null ? Map.of() : secrets;
      try {
        return action.apply(
            new IntegrationDraft(
                label, plugin, domains, settings == null ? Map.of() : settings, clear));
      } finally {
        clear.values().forEach(secret -> Arrays.fill(secret, '\0'));
      }
    }

    @Override
    public String toString() {
      return "Wanted[label=" + label + ", plugin=" + plugin + "]";
    }
  }

  /** All integrations. */
  @GET
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "List the integrations")
  @Parameter(
      name = "plugin",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "text",
      in = ParameterIn.QUERY,
      description = "Part of the label",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "check",
      in = ParameterIn.QUERY,
      description = "How the last check ended",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"OK", "FAILED", "NONE"}))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema = @Schema(implementation = String.class, pattern = "^-?(label|created|id)$"))
  public Slice<Configured> list(@BeanParam ListParameters list) {
    return integrations.list(list.page()).map(Configured::of);
  }

  /** A new integration. */
  @POST
  @Operation(summary = "Connect an identity provider")
  @APIResponseSchema(
      value = Configured.class,
      responseCode = "201",
      responseDescription = "The integration")
  public Response create(Wanted wanted, @Context UriInfo uri, @Context HttpServletRequest request) {
    fresh.require(request);
    Integration created = wanted.use(draft -> integrations.create(operator.actor(), draft));
    return Response.created(uri.getAbsolutePathBuilder().path(Long.toString(created.id())).build())
        .entity(Configured.of(created))
        .build();
  }

  /** A trial of settings. */
  @POST
  @Path("check")
  @Operation(
      summary = "Check settings before they are saved",
      description =
          "With the parameter \"integration\" the settings are taken for a change of that one: the"
              + " secrets that are left out are those that it has.")
  public LastCheck checkSettings(Wanted wanted, @QueryParam("integration") @Nullable Long id) {
    return wanted.use(
        draft ->
            id == null ? integrations.checkSettings(draft) : integrations.checkSettings(id, draft));
  }

  /** One integration. */
  @GET
  @Path("{id}")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "Look at an integration")
  public Configured get(@PathParam("id") long id) {
    return Configured.of(integrations.find(id));
  }

  /** Other settings. */
  @PUT
  @Path("{id}")
  @Operation(
      summary = "Change an integration",
      description =
          "Secrets that are left out stay as they are, empty ones are removed. If the address"
              + " changes, every secret must be entered again. Passkeys are made for the address and"
              + " for \"domains\" alone; domains that are left out stay as they are.")
  public Configured change(
      @PathParam("id") long id, Wanted wanted, @Context HttpServletRequest request) {
    fresh.require(request);
    return wanted.use(draft -> Configured.of(integrations.change(operator.actor(), id, draft)));
  }

  /** The end of an integration. */
  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Remove an integration with its users and groups",
      description = "Refused while passkeys or workflows hang on it.")
  public void remove(@PathParam("id") long id, @Context HttpServletRequest request) {
    fresh.require(request);
    integrations.remove(operator.actor(), id);
  }

  /** Switching on. */
  @POST
  @Path("{id}/enable")
  @Operation(summary = "Switch an integration on")
  public Configured enable(@PathParam("id") long id, @Context HttpServletRequest request) {
    fresh.require(request);
    return Configured.of(integrations.enable(operator.actor(), id, true));
  }

  /** Switching off. */
  @POST
  @Path("{id}/disable")
  @Operation(summary = "Switch an integration off: nothing more is asked of the provider")
  public Configured disable(@PathParam("id") long id, @Context HttpServletRequest request) {
    fresh.require(request);
    return Configured.of(integrations.enable(operator.actor(), id, false));
  }

  /** A check now. */
  @POST
  @Path("{id}/check")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(summary = "Check address, credential and permissions now")
  public LastCheck check(@PathParam("id") long id) {
    return integrations.check(operator.actor(), id);
  }

  /** Groups to choose from. */
  @GET
  @Path("{id}/groups")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(summary = "Search groups at the identity provider, imported or not")
  public List<DirectoryGroup> groups(
      @PathParam("id") long id,
      @QueryParam("search") @DefaultValue("") String search,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    if (limit < 1 || limit > MAX_GROUPS) {
      throw ProblemException.invalid(QueryMessage.LIMIT, MAX_GROUPS)
          .at("limit", ProblemMessage.FIELD_RANGE, 1, MAX_GROUPS);
    }
    return integrations.open(id).groups(search, limit);
  }
}
