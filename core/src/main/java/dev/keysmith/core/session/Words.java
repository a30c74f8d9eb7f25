package dev.keysmith.core.session;

import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a key session says, in English and so that it can be said in other languages.
 *
 * @param code names the sentence, for instance {@code session.pin-set}; of a problem, its code;
 *     empty if the message is a plugin's own
 * @param message the sentence in English
 * @param values that fill the gaps of the sentence, in their order
 */
record Words(String code, String message, List<String> values) {

  static final Words FAULT =
      of("session.fault", "Keysmith failed; the server's log says where. Start again.");

  /**
   * A sentence.
   *
   * @param pattern in English, with {@code %s} for each value
   */
  static Words of(String code, String pattern, Object... values) {
    List<String> texts = Arrays.stream(values).map(String::valueOf).toList();
    return new Words(code, pattern.formatted(values), texts);
  }

  /** What an exception says that people can understand. */
  static Words of(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof ProblemException problem) {
      return new Words(problem.code(), message, problem.values());
    }
    if (e instanceof CtapException refusal) {
      return new Words(refusal.status().problemCode(), message, List.of());
    }
    if (e instanceof PluginException plugin) {
      String reason = plugin.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
      return new Words("plugin." + reason, message, List.of());
    }
    return FAULT;
  }
}
