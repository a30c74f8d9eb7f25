package dev.keysmith.core.message;

import dev.keysmith.spi.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sentence for a person, as its code and the values that fill its gaps. Holds no secret.
 *
 * @param code see {@link MessageCode#code}
 * @param arguments by name, in the order of the gaps; each value is a {@link String}, a {@link
 *     Long}, or a {@code Message} that is told within this one
 */
public record Message(String code, Map<String, Object> arguments) {

  /** The code of a sentence that was stored before messages had codes; its argument is the text. */
  public static final String EARLIER = "server.earlier";

  private static final int LONGEST_ARGUMENT = 1000;

  /** Keeps the order of the arguments. */
  public Message {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  /**
   * A message.
   *
   * @param values as many as the code has parameters, in their order; whole numbers stay numbers,
   *     messages stay messages, all else becomes its text, cut at 1000 characters. The number of a
   *     row is an identifier: give it as a text, so that no language groups its digits
   * @throws IllegalArgumentException if there are more or fewer values than parameters
   */
  public static Message of(MessageCode code, Object... values) {
    List<String> names = code.parameters();
    if (names.size() != values.length) {
      throw new IllegalArgumentException(
          code.code() + " takes " + names + ", and got " + values.length + " values");
    }
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      arguments.put(names.get(i), argument(values[i]));
    }
    return new Message(code.code(), arguments);
  }

  private static Object argument(Object value) {
    if (value instanceof Message || value instanceof Long) {
      return value;
    }
    return value instanceof Integer number
        ? (Object) number.longValue()
        : Text.cut(String.valueOf(value), LONGEST_ARGUMENT);
  }

  /** This message with its texts cut, those of messages within it included. */
  Message withArgumentsOf(int most) {
    Map<String, Object> shorter = new LinkedHashMap<>();
    arguments.forEach((name, value) -> shorter.put(name, cut(value, most)));
    return new Message(code, shorter);
  }

  private static Object cut(Object value, int most) {
    if (value instanceof Message inner) {
      return inner.withArgumentsOf(most);
    }
    return value instanceof String text ? Text.shorten(text, most) : value;
  }

  /** Whether this is the message of a code, with arguments of any value. */
  public boolean is(MessageCode which) {
    return code.equals(which.code());
  }

  /** For logs: the code, and the arguments if there are any. */
  @Override
  public String toString() {
    return arguments.isEmpty() ? code : code + " " + arguments;
  }
}
