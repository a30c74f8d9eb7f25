package dev.keysmith.core.audit;

/**
 * Who does something.
 *
 * @param kind what sort of actor
 * @param name operator name, owner's login, workflow name; {@code system} for the server itself
 */
public record Actor(Kind kind, String name) {

  private static final Actor SYSTEM = new Actor(Kind.SYSTEM, "system");

  /** The sorts of actors. */
  public enum Kind {
    /** A person who uses the panel or the API. */
    OPERATOR,
    /** A person who initialises the own security key. */
    OWNER,
    /** A rule that an administrator defined. */
    WORKFLOW,
    /** The server itself. */
    SYSTEM
  }

  /** The server itself. */
  public static Actor system() {
    return SYSTEM;
  }

  /** A person who uses the panel or the API. */
  public static Actor operator(String name) {
    return new Actor(Kind.OPERATOR, name);
  }

  /** A rule that an administrator defined. */
  public static Actor workflow(String name) {
    return new Actor(Kind.WORKFLOW, name);
  }

  /** A person who initialises the own security key. */
  public static Actor owner(String login) {
    return new Actor(Kind.OWNER, login);
  }
}
