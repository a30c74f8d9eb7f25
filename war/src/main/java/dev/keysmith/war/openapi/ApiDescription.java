package dev.keysmith.war.openapi;

import dev.keysmith.war.problem.Problem;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Adds to the OpenAPI document what holds for every operation: its name, how it fails, where it
 * answers with a location, and what its records say about themselves.
 */
public class ApiDescription implements OASFilter {

  private static final String PROBLEM = "#/components/responses/Problem";

  @Override
  public void filterOpenAPI(OpenAPI api) {
    RecordSchemas schemas = new RecordSchemas(api.getComponents().getSchemas());
    api.getComponents()
        .getResponses()
        .values()
        .forEach(response -> schemas.visitAs(Problem.class, response));
    for (PathItem item : api.getPaths().getPathItems().values()) {
      for (Operation operation : item.getOperations().values()) {
        complete(operation, schemas);
      }
    }
    api.getComponents().setSchemas(schemas.named());
    describeMessages(schemas.named());
  }

  /** {@code MessageSerializer} writes messages with their text. */
  private static void describeMessages(Map<String, Schema> schemas) {
    Schema message = schemas.get("Message");
    message.description("What a person is told; code and arguments are for programs");
    message.addProperty("text", text().description("In the language of Accept-Language"));
    message.addRequired("text");
    for (Schema each : List.of(message, schemas.get("Problem"))) {
      each.getProperties()
          .get("arguments")
          .additionalPropertiesSchema(
              OASFactory.createSchema()
                  .addOneOf(text())
                  .addOneOf(OASFactory.createSchema().type(SchemaType.INTEGER).format("int64"))
                  .addOneOf(OASFactory.createSchema().ref("#/components/schemas/Message")));
    }
  }

  private static Schema text() {
    return OASFactory.createSchema().type(SchemaType.STRING);
  }

  private static void complete(Operation operation, RecordSchemas schemas) {
    ResourceMethod method = ResourceMethod.of(operation.getOperationId());
    method.describe(operation, schemas);
    operation.setOperationId(method.operationId());
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(parameter -> mendDefault(parameter.getSchema()));
    }
    Map<String, APIResponse> responses = operation.getResponses().getAPIResponses();
    for (String status : new String[] {"201", "202"}) {
      if (responses.containsKey(status)) {
        responses.get(status).addHeader("Location", location());
      }
    }
    operation.getResponses().addAPIResponse("default", OASFactory.createAPIResponse().ref(PROBLEM));
  }

  /** {@code @DefaultValue} holds texts only, and an empty one says nothing. */
  private static void mendDefault(Schema schema) {
    if ("".equals(schema.getDefaultValue())) {
      schema.setDefaultValue(null);
    }
    if (schema.getType() == SchemaType.INTEGER && schema.getDefaultValue() instanceof String text) {
      schema.setDefaultValue(Integer.valueOf(text));
    }
  }

  private static Header location() {
    Schema uri = OASFactory.createSchema().type(SchemaType.STRING).format("uri");
    return OASFactory.createHeader().description("Where to look at it").schema(uri);
  }
}
