package dev.keysmith.war.openapi;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.models.Operation;

/** The Java method behind an operation, which knows more of its types than the document does. */
record ResourceMethod(Method method) {

  /**
   * Finds the method.
   *
   * @param operationId the class, an underscore, and the method
   */
  static ResourceMethod of(String operationId) {
    int cut = operationId.lastIndexOf('_');
    String name = operationId.substring(cut + 1);
    try {
      Class<?> resource = Class.forName(operationId.substring(0, cut));
      return Arrays.stream(resource.getDeclaredMethods())
          .filter(method -> method.getName().equals(name) && !method.isSynthetic())
          .findFirst()
          .map(ResourceMethod::new)
          .orElseThrow(() -> new IllegalStateException("There is no method " + operationId));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("There is no class of " + operationId, e);
    }
  }

  /** For instance {@code passkeysRevoke}: the resource and the method. */
  String operationId() {
    String resource = method.getDeclaringClass().getSimpleName().replaceAll("Resource$", "");
    String name = method.getName();
    return resource.substring(0, 1).toLowerCase(Locale.ROOT)
        + resource.substring(1)
        + name.substring(0, 1).toUpperCase(Locale.ROOT)
        + name.substring(1);
  }

  /** Tells the schemas of an operation which Java types they stand for. */
  void describe(Operation operation, RecordSchemas schemas) {
    for (var parameter :
        method.getAnnotationsByType(
            org.eclipse.microprofile.openapi.annotations.parameters.Parameter.class)) {
      describe(operation, parameter.name(), parameter.schema().implementation(), schemas);
    }
    for (Parameter filled : method.getParameters()) {
      if (filled.isAnnotationPresent(BeanParam.class)) {
        describeFields(operation, filled.getType(), schemas);
      }
    }
    if (operation.getRequestBody() != null) {
      operation.getRequestBody().setRequired(true);
      schemas.visitAs(body(), operation.getRequestBody().getContent());
    }
    operation
        .getResponses()
        .getAPIResponses()
        .values()
        .forEach(response -> schemas.visitAs(answer(), response));
  }

  private static void describeFields(Operation operation, Class<?> bean, RecordSchemas schemas) {
    for (Field field : bean.getDeclaredFields()) {
      var parameter =
          field.getAnnotation(
              org.eclipse.microprofile.openapi.annotations.parameters.Parameter.class);
      if (parameter != null) {
        String name = field.getAnnotation(QueryParam.class).value();
        describe(operation, name, parameter.schema().implementation(), schemas);
      }
    }
  }

  private static void describe(
      Operation operation, String parameter, Type type, RecordSchemas schemas) {
    operation.getParameters().stream()
        .filter(it -> parameter.equals(it.getName()))
        .forEach(it -> schemas.visit(it.getSchema(), type));
  }

  private Type body() {
    return Arrays.stream(method.getParameters())
        .filter(parameter -> !isFilledByRest(parameter))
        .findFirst()
        .map(Parameter::getParameterizedType)
        .orElseThrow(() -> new IllegalStateException(method + " takes no body"));
  }

  private static boolean isFilledByRest(Parameter parameter) {
    return Arrays.stream(parameter.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(type -> type.getPackageName().startsWith("jakarta.ws.rs"));
  }

  private Type answer() {
    APIResponseSchema described = method.getAnnotation(APIResponseSchema.class);
    if (described != null) {
      return described.value();
    }
    for (var response :
        method.getAnnotationsByType(
            org.eclipse.microprofile.openapi.annotations.responses.APIResponse.class)) {
      for (Content content : response.content()) {
        return content.schema().implementation();
      }
    }
    Type type = method.getGenericReturnType();
    if (type == Response.class) {
      throw new IllegalStateException(method + " must say by @APIResponseSchema what it answers");
    }
    return type;
  }
}
