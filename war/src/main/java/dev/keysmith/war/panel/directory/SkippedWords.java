package dev.keysmith.war.panel.directory;

import dev.keysmith.war.text.Texts;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why imports leave somebody out: what core says in English, in the viewer's language. */
final class SkippedWords {

  private static final Pattern REPEATED = Pattern.compile("The same as line (\\d+)\\.");

  /** What follows is the provider's own, in English. */
  private static final String REFUSED = "The identity provider refused this user: ";

  private static final Map<String, String> KEYS =
      Map.of(
          "The line names no user.", "problem.import-line.empty",
          "This cannot be a login or an id.", "problem.import-line.unusable",
          "The identity provider knows no such user.", "skipped.unknown",
          "This user has left, says the identity provider.", "skipped.left",
          "At the identity provider the id is missing, too long or not storable.", "skipped.id",
          "At the identity provider the login is missing, too long or not storable.",
              "skipped.login",
          "At the identity provider the name is missing, too long or not storable.", "skipped.name",
          "At the identity provider the e-mail address is missing, too long or not storable.",
              "skipped.email");

  private SkippedWords() {}

  static String in(Texts texts, String problem) {
    Matcher repeated = REPEATED.matcher(problem);
    if (repeated.matches()) {
      return texts.text("problem.import-line.repeated", repeated.group(1));
    }
    if (problem.startsWith(REFUSED)) {
      return texts.text("skipped.refused", problem.substring(REFUSED.length()));
    }
    String key = KEYS.get(problem);
    return key == null ? problem : texts.text(key);
  }
}
