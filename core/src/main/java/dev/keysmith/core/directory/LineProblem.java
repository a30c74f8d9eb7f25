package dev.keysmith.core.directory;

import java.util.List;

/**
 * Why a line of a list of users is left out.
 *
 * @param code stable, for programs and translations
 * @param text for people
 * @param values that occur in the text, in its order
 */
public record LineProblem(String code, String text, List<String> values) {

  static LineProblem empty() {
    return new LineProblem("import-line.empty", "The line names no user.", List.of());
  }

  static LineProblem unusable() {
    return new LineProblem("import-line.unusable", "This cannot be a login or an id.", List.of());
  }

  static LineProblem repeated(int first) {
    return new LineProblem(
        "import-line.repeated",
        "The same as line " + first + ".",
        List.of(Integer.toString(first)));
  }
}
