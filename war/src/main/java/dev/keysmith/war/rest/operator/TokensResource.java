package dev.keysmith.war.rest.operator;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.apitoken.ApiToken;
import dev.keysmith.core.apitoken.ApiTokens;
import dev.keysmith.core.apitoken.IssuedApiToken;
import dev.keysmith.core.apitoken.NewApiToken;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.Reauthentication;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** API tokens: list, create, revoke. */
@Path("tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTRATES)
@Tag(name = "Tokens", description = "Credentials for this API")
public class TokensResource {

  @Inject ApiTokens tokens;
  @Inject CurrentOperator operator;
  @Inject Clock clock;
  @Inject Reauthentication fresh;
  @Context HttpServletRequest request;

  /** What the API tells about a token. */
  public record Token(
      long id,
      String label,
      Role role,
      Instant created,
      String createdBy,
      Optional<Instant> expires,
      Optional<Instant> revoked,
      Optional<Instant> lastUsed,
      boolean usable) {

    static Token of(ApiToken token, Instant now) {
      return new Token(
          token.id(),
          token.label(),
          token.role(),
          token.created(),
          token.createdBy(),
          token.expires(),
          token.revoked(),
          token.lastUsed(),
          token.isUsable(now));
    }
  }

  /** A token that is wanted. */
  @Schema(name = "NewToken")
  public record Wanted(String label, Role role, @Nullable Instant expires) {}

  /** A new token with its text, which is shown this once. */
  @Schema(name = "IssuedToken")
  public record Issued(Token token, String text) {

    @Override
    public String toString() {
      return "Issued[" + token + "]";
    }
  }

  /** All tokens. */
  @GET
  @Operation(summary = "List the tokens, revoked ones too, the newest first")
  public List<Token> list() {
    Instant now = clock.instant();
    return tokens.list().stream().map(token -> Token.of(token, now)).toList();
  }

  /** A new token. */
  @POST
  @Operation(summary = "Create a token; the answer is the only place where its text is shown")
  @APIResponseSchema(
      value = Issued.class,
      responseCode = "201",
      responseDescription = "The token and its text")
  public Response create(Wanted wanted, @Context UriInfo uri) {
    fresh.require(request);
    IssuedApiToken issued =
        tokens.create(
            operator.actor(), new NewApiToken(wanted.label(), wanted.role(), wanted.expires()));
    try {
      return Response.created(
              uri.getAbsolutePathBuilder().path(Long.toString(issued.token().id())).build())
          .entity(new Issued(Token.of(issued.token(), clock.instant()), new String(issued.text())))
          .build();
    } finally {
      Arrays.fill(issued.text(), '\0');
    }
  }

  /** One token. */
  @GET
  @Path("{id}")
  @Operation(summary = "Look at a token")
  public Token get(@PathParam("id") long id) {
    return Token.of(tokens.get(id), clock.instant());
  }

  /** The end of a token. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Revoke a token at once; it stays in the list")
  public void revoke(@PathParam("id") long id) {
    tokens.revoke(operator.actor(), id);
  }
}
