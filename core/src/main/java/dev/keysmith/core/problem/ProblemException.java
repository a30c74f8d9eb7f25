package dev.keysmith.core.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A request that cannot be carried out, and why.
 *
 * <p>The message is for the person who asked: what was wrong and what to do. Like the fields it
 * holds no secret. The code is for programs and never changes.
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
    /** Whoever asks may not do this. */
    FORBIDDEN,
    /** Something that is needed for it does not answer now. */
    UNAVAILABLE,
    /** Too many requests: wait. */
    TOO_MANY
  }

  private final Kind kind;
  private final String code;
  private final transient Map<String, String> fields;
  private final transient List<String> values;

  private ProblemException(Kind kind, String code, String message, Map<String, String> fields) {
    this(kind, code, message, fields, List.of());
  }

  private ProblemException(
      Kind kind, String code, String message, Map<String, String> fields, List<String> values) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.fields = Map.copyOf(fields);
    this.values = List.copyOf(values);
  }

  /** The request is wrong as a whole. */
  public static ProblemException invalid(String code, String message) {
    return invalid(code, message, Map.of());
  }

  /**
   * The request is wrong in some fields.
   *
   * @param fields what is wrong, by name of the field
   */
  public static ProblemException invalid(String code, String message, Map<String, String> fields) {
    return new ProblemException(Kind.INVALID, code, message, fields);
  }

  /** What the request names does not exist. */
  public static ProblemException notFound(String code, String message) {
    return new ProblemException(Kind.NOT_FOUND, code, message, Map.of());
  }

  /** The request does not fit the present state. */
  public static ProblemException conflict(String code, String message) {
    return new ProblemException(Kind.CONFLICT, code, message, Map.of());
  }

  /** Whoever asks may not do this. */
  public static ProblemException forbidden(String code, String message) {
    return new ProblemException(Kind.FORBIDDEN, code, message, Map.of());
  }

  /** Something that is needed for the request does not answer now. */
  public static ProblemException unavailable(String code, String message) {
    return new ProblemException(Kind.UNAVAILABLE, code, message, Map.of());
  }

  /** Too many requests: wait. */
  public static ProblemException tooMany(String code, String message) {
    return new ProblemException(Kind.TOO_MANY, code, message, Map.of());
  }

  /** The same problem, with what fills the gaps of its sentence in other languages. */
  public ProblemException with(Object... values) {
    return new ProblemException(
        kind, code, getMessage(), fields, Arrays.stream(values).map(String::valueOf).toList());
  }

  /** What sort of problem it is. */
  public Kind kind() {
    return kind;
  }

  /** Stable name for programs, for instance {@code passkey.already-assigned}. */
  public String code() {
    return code;
  }

  /** What the sentence in other languages needs: numbers and names, in the order of its gaps. */
  public List<String> values() {
    return values;
  }

  /** What is wrong, by name of the field; empty if it is the request as a whole. */
  public Map<String, String> fields() {
    return fields;
  }
}
