package dev.keysmith.war.rest;

import dev.keysmith.war.problem.Problem;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The REST API. */
@ApplicationPath("/api")
@OpenAPIDefinition(
    info =
        @Info(
            title = "Keysmith",
            version = "1",
            description = "Puts passkeys on people's security keys."),
    security = @SecurityRequirement(name = "token"),
    components =
        @Components(
            responses =
                @APIResponse(
                    name = "Problem",
                    description =
                        "The request failed; the body says why and what to do (RFC 9457).",
                    content =
                        @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = Problem.class)))))
@SecurityScheme(
    securitySchemeName = "token",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "An API token, ks_ and 43 characters.")
@SecurityScheme(
    securitySchemeName = "activation",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.COOKIE,
    apiKeyName = "keysmith-activation",
    description = "Set by redeeming an activation code.")
public class Api extends Application {

  /** JSON is read and written by {@link dev.keysmith.war.json.JsonProvider} alone. */
  @Override
  public Map<String, Object> getProperties() {
    // A name that none of the server's own JSON features has: each of them steps back.
    return Map.of(
        "jersey.config.jsonFeature", "Keysmith", "jersey.config.server.wadl.disableWadl", true);
  }
}
