package dev.keysmith.war.rest;

import java.util.Locale;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Adds to the OpenAPI document what holds for every operation: how it fails. */
public class ApiDescription implements OASFilter {

  private static final String PROBLEM = "Problem";

  @Override
  public void filterOpenAPI(OpenAPI api) {
    if (api.getComponents() == null) {
      api.setComponents(OASFactory.createComponents());
    }
    api.getComponents().addSchema(PROBLEM, schema()).addResponse(PROBLEM, response());
    if (api.getPaths() != null) {
      api.getPaths()
          .getPathItems()
          .forEach(
              (path, item) ->
                  item.getOperations()
                      .forEach((method, operation) -> complete(path, method, operation)));
    }
  }

  /**
   * Payara names operations by the Java method, which need not be unique, and success "default".
   */
  private static void complete(String path, HttpMethod method, Operation operation) {
    operation.setOperationId(
        method.name().toLowerCase(Locale.ROOT) + path.replaceAll("[^A-Za-z0-9]+", "-"));
    APIResponses responses = operation.getResponses();
    if (responses == null) {
      responses = OASFactory.createAPIResponses();
      operation.setResponses(responses);
    }
    APIResponse success = responses.getDefaultValue();
    if (success != null && responses.getAPIResponses().size() == 1) {
      responses.addAPIResponse("2XX", success);
      if (success.getDescription() == null || success.getDescription().isBlank()) {
        success.setDescription("Done");
      }
    }
    responses.addAPIResponse(
        "default", OASFactory.createAPIResponse().ref("#/components/responses/" + PROBLEM));
  }

  private static APIResponse response() {
    Content content =
        OASFactory.createContent()
            .addMediaType(
                "application/problem+json",
                OASFactory.createMediaType()
                    .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM)));
    return OASFactory.createAPIResponse()
        .description("The request failed; the body says why and what to do (RFC 9457).")
        .content(content);
  }

  private static Schema schema() {
    return OASFactory.createSchema()
        .type(Schema.SchemaType.OBJECT)
        .description("What went wrong and what to do (RFC 9457).")
        .addProperty("type", text("The kind of problem, urn:keysmith:problem: and the code"))
        .addProperty("title", text("The HTTP status in words"))
        .addProperty(
            "status",
            OASFactory.createSchema()
                .type(Schema.SchemaType.INTEGER)
                .description("The HTTP status"))
        .addProperty("detail", text("For people: what was wrong, what to do"))
        .addProperty("code", text("For programs: stable, for instance token.not-found"))
        .addProperty("fields", fields())
        .addProperty("incident", text("If the server has a fault: look for this id in its log"));
  }

  private static Schema text(String description) {
    return OASFactory.createSchema().type(Schema.SchemaType.STRING).description(description);
  }

  private static Schema fields() {
    return OASFactory.createSchema()
        .type(Schema.SchemaType.OBJECT)
        .description("What is wrong with which field of the request")
        .additionalPropertiesSchema(OASFactory.createSchema().type(Schema.SchemaType.STRING));
  }
}
