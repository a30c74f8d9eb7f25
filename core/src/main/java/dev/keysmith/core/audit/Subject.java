package dev.keysmith.core.audit;

/**
 * What is acted upon.
 *
 * @param type of entity, for instance {@code user}
 * @param id of the entity
 * @param label what people know it by at that time, for instance the login
 */
public record Subject(String type, String id, String label) {

  /** An entity with a numeric id. */
  public static Subject of(String type, long id, String label) {
    return new Subject(type, Long.toString(id), label);
  }
}
