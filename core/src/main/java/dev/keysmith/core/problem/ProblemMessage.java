package dev.keysmith.core.problem;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of problems of any feature. */
public enum ProblemMessage implements MessageCode {
  /** The server has a fault; its log says more. */
  FAULT("server.fault-logged"),
  /** A sentence in English that was stored before messages had codes. */
  EARLIER(Message.EARLIER, "text"),
  /** A field is empty that must not be. */
  FIELD_MISSING("field.missing"),
  /** A field has a value that it cannot have. */
  FIELD_WRONG("field.wrong"),
  /** A text has more characters than its field holds. */
  FIELD_TOO_LONG("field.too-long", "most"),
  /** A text has the wrong length. */
  FIELD_LENGTH("field.length", "least", "most"),
  /** A number is out of its bounds. */
  FIELD_RANGE("field.range", "least", "most"),
  /** A field takes only some values. */
  FIELD_ONE_OF("field.one-of", "values"),
  /** A number is too small. */
  FIELD_LEAST("field.least", "least"),
  /** A text has more than one line. */
  FIELD_ONE_LINE("field.one-line"),
  /** A field is none of those that there are. */
  FIELD_UNKNOWN("field.unknown", "known"),
  /** A field has another type, or a form that cannot be read. */
  FIELD_TYPE("field.type"),
  /** A field is no address of a web server. */
  FIELD_ADDRESS("field.address"),
  /** A field is no duration. */
  FIELD_DURATION("field.duration"),
  /** A field is no instant. */
  FIELD_INSTANT("field.instant"),
  /** A parameter is given more than once. */
  FIELD_TWICE("field.twice"),
  /** A field is no whole number. */
  FIELD_WHOLE_NUMBER("field.whole-number");

  private final String code;
  private final List<String> parameters;

  ProblemMessage(String code, String... parameters) {
    this.code = code;
    this.parameters = List.of(parameters);
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public List<String> parameters() {
    return parameters;
  }
}
