package dev.keysmith.war.openapi;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Walks schemas beside the Java types that they were made from. Gives each a name of its own, marks
 * what is required (all that is neither {@code Optional} nor {@code @Nullable}, as {@code
 * JsonProvider} has it) and what is secret ({@code char[]}).
 */
final class RecordSchemas {

  private static final String PREFIX = "#/components/schemas/";

  private final Map<String, Schema> found;
  private final Map<String, Schema> named = new TreeMap<>();
  private final Map<String, Type> owners = new HashMap<>();
  private final Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  RecordSchemas(Map<String, Schema> found) {
    this.found = found;
  }

  /** The schemas that were visited, by their names. */
  Map<String, Schema> named() {
    return named;
  }

  void visitAs(Type type, APIResponse response) {
    visitAs(type, response.getContent());
  }

  void visitAs(Type type, @Nullable Content content) {
    if (content != null) {
      for (MediaType body : content.getMediaTypes().values()) {
        visit(body.getSchema(), type);
      }
    }
  }

  void visit(@Nullable Schema schema, Type type) {
    visit(schema, type, Map.of());
  }

  private void visit(@Nullable Schema schema, Type declared, Map<TypeVariable<?>, Type> variables) {
    Type type = resolve(declared, variables);
    if (schema == null || !seen.add(schema)) {
      return;
    }
    if (raw(type) == Optional.class) {
      absentNotNull(schema);
      visitInner(schema, argument(type, 0));
    } else {
      visitInner(schema, type);
    }
  }

  private void visitInner(Schema schema, Type type) {
    if (schema.getRef() != null) {
      schema.setRef(PREFIX + rename(schema.getRef().substring(PREFIX.length()), type));
      return;
    }
    Class<?> raw = raw(type);
    if (raw == char[].class) {
      schema.type(SchemaType.STRING).format("password").writeOnly(true).items(null);
    } else if (Collection.class.isAssignableFrom(raw)) {
      visit(schema.getItems(), argument(type, 0));
    } else if (Map.class.isAssignableFrom(raw)) {
      visit(schema.getAdditionalPropertiesSchema(), argument(type, 1));
    } else if (raw.isRecord()) {
      visitRecord(schema, raw, type);
    }
  }

  private String rename(String name, Type type) {
    String own = name(type);
    Type owner = owners.putIfAbsent(own, type);
    if (owner == null) {
      Schema body = found.get(name);
      if (body == null) {
        throw new IllegalStateException("The document lacks the schema " + name);
      }
      named.put(own, body);
      visitInner(body, type);
    } else if (!owner.getTypeName().equals(type.getTypeName())) {
      throw new IllegalStateException(
          "%s and %s are both named %s: name one of them by @Schema"
              .formatted(owner.getTypeName(), type.getTypeName(), own));
    }
    return own;
  }

  private void visitRecord(Schema schema, Class<?> raw, Type type) {
    Map<TypeVariable<?>, Type> variables = new HashMap<>();
    for (int i = 0; i < raw.getTypeParameters().length; i++) {
      variables.put(raw.getTypeParameters()[i], argument(type, i));
    }
    List<String> required = new ArrayList<>();
    for (RecordComponent component : raw.getRecordComponents()) {
      Schema property = schema.getProperties().get(component.getName());
      visit(property, component.getGenericType(), variables);
      if (component.getType() != Optional.class
          && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(component.getName());
      }
    }
    schema.setRequired(required.isEmpty() ? null : required);
  }

  /** What is not there is left out of answers, never null. */
  private static void absentNotNull(Schema schema) {
    schema.setNullable(null);
    List<Schema> parts = schema.getAllOf() == null ? List.of() : schema.getAllOf();
    if (parts.size() == 1) {
      schema.setRef(parts.get(0).getRef());
      schema.setAllOf(null);
    }
  }

  /** The simple name; of what belongs to a class other than a resource, that name before it. */
  private static String name(Type type) {
    Class<?> raw = raw(type);
    var named = raw.getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
    StringBuilder name = new StringBuilder();
    Class<?> outer = raw.getEnclosingClass();
    if (named != null && !named.name().isEmpty()) {
      name.append(named.name());
    } else if (outer == null || outer.getSimpleName().endsWith("Resource")) {
      name.append(raw.getSimpleName());
    } else {
      name.append(outer.getSimpleName()).append(raw.getSimpleName());
    }
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments())
          .map(RecordSchemas::name)
          .forEach(name::append);
    }
    return name.toString();
  }

  private static Type resolve(Type type, Map<TypeVariable<?>, Type> variables) {
    if (type instanceof TypeVariable<?> variable) {
      return variables.get(variable);
    }
    if (type instanceof ParameterizedType generic && raw(type) != Optional.class) {
      Type[] arguments = generic.getActualTypeArguments();
      if (arguments.length == 1 && arguments[0] instanceof TypeVariable<?> variable) {
        return new Generic(raw(type), variables.get(variable));
      }
    }
    return type;
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  /** A type with one argument that has become known, such as {@code List<Person>}. */
  private record Generic(Class<?> raw, Type argument) implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {argument};
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return null;
    }
  }
}
