package dev.keysmith.core.event;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The durable events that have an observer, found when the application is deployed. */
public class EventTypes implements Extension {

  private final Map<String, Class<? extends Record>> byName = new ConcurrentHashMap<>();

  /** The name of the type of an event. */
  public static String nameOf(Class<? extends Record> type) {
    EventType annotation = type.getAnnotation(EventType.class);
    if (annotation == null) {
      throw new IllegalArgumentException(type.getName() + " has no @EventType");
    }
    return annotation.value();
  }

  static boolean isSlow(Class<? extends Record> type) {
    return type.getAnnotation(EventType.class).slow();
  }

  /** The record that has a name; empty if no observer takes such events. */
  public Optional<Class<? extends Record>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  void found(@Observes ProcessObserverMethod<?, ?> observer) {
    if (observer.getObserverMethod().getObservedType() instanceof Class<?> type
        && type.isAnnotationPresent(EventType.class)) {
      add(observer, type);
    }
  }

  private void add(ProcessObserverMethod<?, ?> observer, Class<?> type) {
    if (!type.isRecord()) {
      observer.addDefinitionError(new DefinitionException(type + " is no record"));
      return;
    }
    Class<? extends Record> event = type.asSubclass(Record.class);
    Class<?> other = byName.putIfAbsent(nameOf(event), event);
    if (other != null && other != event) {
      observer.addDefinitionError(
          new DefinitionException(other + " and " + event + " have the same event type"));
    }
  }
}
