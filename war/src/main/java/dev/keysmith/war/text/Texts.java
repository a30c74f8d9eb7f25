package dev.keysmith.war.text;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.core.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;

/** The panel's words in one language. */
public final class Texts {

  /** Where the words are; Faces knows it too, as {@code t}. */
  public static final String BUNDLE = "dev.keysmith.war.text.texts";

  private static final String MESSAGE = "message.";

  private final Locale locale;
  private final ResourceBundle words;

  private Texts(Locale locale) {
    this.locale = locale;
    this.words = ResourceBundle.getBundle(BUNDLE, locale, Texts.class.getClassLoader());
  }

  /** The words of a language of {@link Language#ALL}. */
  public static Texts in(Locale locale) {
    return new Texts(locale);
  }

  /** The words in the language of a request. */
  public static Texts of(HttpServletRequest request) {
    return in(Language.of(request));
  }

  /** A text with its gaps filled. */
  public String text(String key, Object... values) {
    return new MessageFormat(words.getString(key), locale).format(values);
  }

  /** The texts whose keys begin so, as they are written, gaps and all. */
  public List<Map.Entry<String, String>> beginning(List<String> beginnings) {
    return words.keySet().stream()
        .filter(key -> beginnings.stream().anyMatch(key::startsWith))
        .sorted()
        .map(key -> Map.entry(key, words.getString(key)))
        .toList();
  }

  /** A text without gaps, or another one if the words do not have the key. */
  public String textOr(String key, String otherwise) {
    return words.containsKey(key) ? words.getString(key) : otherwise;
  }

  /**
   * A message of core. One whose code has no text, or whose arguments do not fit its text, shows
   * its code: another version may have stored it.
   */
  public String message(Message message) {
    String key = MESSAGE + message.code();
    return words.containsKey(key)
        ? filled(words.getString(key), message).orElseGet(message::toString)
        : message.toString();
  }

  private Optional<String> filled(String text, Message message) {
    MessageFormat format = new MessageFormat(text, locale);
    Object[] values = message.arguments().values().stream().map(this::shown).toArray();
    try {
      return values.length < format.getFormatsByArgumentIndex().length
          ? Optional.empty()
          : Optional.of(format.format(values));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Object shown(Object argument) {
    return argument instanceof Message message ? message(message) : argument;
  }

  /** What a known failure says; empty if it is not a known one. */
  public Optional<String> failure(Throwable failure) {
    return Failure.known(failure).map(known -> message(Failure.message(known)));
  }

  /** What a problem says. */
  public String problem(ProblemException problem) {
    return message(problem.message());
  }

  /** What is told under a code that takes no arguments; empty if there is no such message. */
  public Optional<String> message(String code) {
    String key = MESSAGE + code;
    return words.containsKey(key) ? Optional.of(text(key)) : Optional.empty();
  }
}
