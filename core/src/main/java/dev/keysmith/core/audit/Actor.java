package dev.keysmith.core.audit;

import java.util.Arrays;
import java.util.Objects;

/**
 * Who does something. Two actors are the same if kind and id are: names change, and an API token
 * may be called like an operator.
 *
 * @param kind what sort of actor
 * @param id of the operator, token, user or workflow; empty for the server itself, and for actors
 *     of entries that were written before ids were kept
 * @param name what people know it by at that time: login, label of the token, workflow name
 */
public record Actor(Kind kind, String id, String name) {

  private static final Actor SYSTEM = new Actor(Kind.SYSTEM, "", "system");

  /** The sorts of actors. */
  public enum Kind {
    /** A person with an account here. */
    OPERATOR,
    /** A program that uses the API. */
    TOKEN,
    /** A person who initialises the own security key. */
    OWNER,
    /** A rule that an administrator defined. */
    WORKFLOW,
    /** The server itself. */
    SYSTEM,
    /** Of an entry that was written past the server: no kind that there is. */
    UNKNOWN;

    /** A stored kind: what the server has not written must not hide the other entries. */
    static Kind of(String stored) {
      return Arrays.stream(values())
          .filter(kind -> kind.name().equals(stored))
          .findFirst()
          .orElse(UNKNOWN);
    }
  }

  /** The server itself. */
  public static Actor system() {
    return SYSTEM;
  }

  /** A person with an account here. */
  public static Actor operator(long id, String login) {
    return of(Kind.OPERATOR, id, login);
  }

  /** A program that uses the API. */
  public static Actor token(long id, String label) {
    return of(Kind.TOKEN, id, label);
  }

  /** A rule that an administrator defined. */
  public static Actor workflow(long id, String name) {
    return of(Kind.WORKFLOW, id, name);
  }

  /** A person who initialises the own security key. */
  public static Actor owner(long userId, String login) {
    return of(Kind.OWNER, userId, login);
  }

  private static Actor of(Kind kind, long id, String name) {
    return new Actor(kind, Long.toString(id), name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Actor that
        && kind == that.kind
        && id.equals(that.id)
        && (!id.isEmpty() || name.equals(that.name));
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, id);
  }
}
