package dev.keysmith.war.text;

import dev.keysmith.core.problem.ProblemException;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The panel's words in one language. */
public final class Texts {

  /** Where the words are; Faces knows it too, as {@code t}. */
  public static final String BUNDLE = "dev.keysmith.war.text.texts";

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

  /** What went wrong: translated if the words have the code, or else in English as it is. */
  public String problem(ProblemException e) {
    String key = "problem." + e.code();
    return e.values().isEmpty() || !words.containsKey(key)
        ? problem(e.code(), e.getMessage())
        : text(key, e.values().toArray());
  }

  /** What went wrong, by its code. */
  public String problem(String code, String otherwise) {
    String key = "problem." + code;
    return words.containsKey(key) ? words.getString(key) : otherwise;
  }
}
