package dev.keysmith.core.problem;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.message.MessageCode;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request that cannot be carried out, and why.
 *
 * <p>The message tells the person who asked what was wrong and what to do. Like the fields it holds
 * no secret. {@link #getMessage} is for logs.
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What sort of problem it is; decides the status code of the answer. */
  public enum Kind {
    /** The request itself is wrong. */
    INVALID,
    /** What it names does not exist. */
    NOT_FOUND,
    /** It does not fit the present state. */
    CONFLICT,
    /** The caller may not do this. */
    FORBIDDEN,
    /** Something that is needed for it does not answer now. */
    UNAVAILABLE,
    /** Too many requests: wait. */
    TOO_MANY
  }

  private final Kind kind;
  private final transient Message message;
  private final transient Map<String, Message> fields;

  private ProblemException(Kind kind, Message message, Map<String, Message> fields) {
    super(fields.isEmpty() ? message.toString() : message + " " + new TreeMap<>(fields));
    this.kind = kind;
    this.message = message;
    this.fields = Map.copyOf(fields);
  }

  /** The request is wrong as a whole. */
  public static ProblemException invalid(MessageCode code, Object... arguments) {
    return new ProblemException(Kind.INVALID, Message.of(code, arguments), Map.of());
  }

  /** What the request names does not exist. */
  public static ProblemException notFound(MessageCode code, Object... arguments) {
    return new ProblemException(Kind.NOT_FOUND, Message.of(code, arguments), Map.of());
  }

  /** The request does not fit the present state. */
  public static ProblemException conflict(MessageCode code, Object... arguments) {
    return new ProblemException(Kind.CONFLICT, Message.of(code, arguments), Map.of());
  }

  /** The caller may not do this. */
  public static ProblemException forbidden(MessageCode code, Object... arguments) {
    return new ProblemException(Kind.FORBIDDEN, Message.of(code, arguments), Map.of());
  }

  /** Something that is needed for the request does not answer now. */
  public static ProblemException unavailable(MessageCode code, Object... arguments) {
    return new ProblemException(Kind.UNAVAILABLE, Message.of(code, arguments), Map.of());
  }

  /** Too many requests: wait. */
  public static ProblemException tooMany(MessageCode code, Object... arguments) {
    return new ProblemException(Kind.TOO_MANY, Message.of(code, arguments), Map.of());
  }

  /** A problem with a message that exists already. */
  public static ProblemException of(Kind kind, Message message) {
    return new ProblemException(kind, message, Map.of());
  }

  /** The same problem, which is that of a field. */
  public ProblemException at(String field, MessageCode code, Object... arguments) {
    return at(Map.of(field, Message.of(code, arguments)));
  }

  /**
   * The same problem, which is that of these fields.
   *
   * @param wrong by name of the field
   */
  public ProblemException at(Map<String, Message> wrong) {
    return new ProblemException(kind, message, wrong);
  }

  /** What is told of it. */
  public Message message() {
    return message;
  }

  /** What sort of problem it is. */
  public Kind kind() {
    return kind;
  }

  /** The code of the message, for instance {@code passkey.already-assigned}. */
  public String code() {
    return message.code();
  }

  /** What is wrong with which field; empty if it is the request as a whole. */
  public Map<String, Message> fields() {
    return fields;
  }
}
