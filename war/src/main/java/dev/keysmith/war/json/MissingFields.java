package dev.keysmith.war.json;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemMessage;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds request records to their own declaration: what is not {@code @Nullable} must be given. */
final class MissingFields {

  private MissingFields() {}

  /** Refuses a body that is empty or lacks a field. */
  static void check(@Nullable Object body) {
    if (body == null) {
      throw BadJson.empty();
    }
    Map<String, Message> missing = new LinkedHashMap<>();
    collect("", body, missing);
    if (!missing.isEmpty()) {
      throw BadJson.fields(missing);
    }
  }

  private static void collect(String path, Object value, Map<String, Message> missing) {
    if (value instanceof Iterable<?> items) {
      int index = 0;
      for (Object item : items) {
        collectPart(path + "[" + index++ + "]", false, item, missing);
      }
    } else if (value instanceof Record) {
      String prefix = path.isEmpty() ? "" : path + ".";
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        collectPart(prefix + component.getName(), optional, read(component, value), missing);
      }
    }
  }

  private static void collectPart(
      String path, boolean optional, @Nullable Object part, Map<String, Message> missing) {
    if (part != null) {
      collect(path, part, missing);
    } else if (!optional) {
      missing.put(path, Message.of(ProblemMessage.FIELD_MISSING));
    }
  }

  private static @Nullable Object read(RecordComponent component, Object record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + component, e);
    }
  }
}
