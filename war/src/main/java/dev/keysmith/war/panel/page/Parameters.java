package dev.keysmith.war.panel.page;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.body.FormFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what addresses of pages say. */
public final class Parameters {

  private Parameters() {}

  /**
   * The id that a page is about.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is none
   */
  public static long id(HttpServletRequest request, String name) {
    return optionalId(request, name)
        .orElseThrow(() -> ProblemException.notFound(PageMessage.UNKNOWN));
  }

  /** An id that may be left out; what is no number is none. */
  public static Optional<Long> optionalId(HttpServletRequest request, String name) {
    return Optional.of(text(request, name))
        .filter(text -> text.matches("\\d{1,18}"))
        .map(Long::valueOf);
  }

  /** Ids with commas between them; what is no number is none. */
  public static List<Long> ids(HttpServletRequest request, String name) {
    return Stream.of(text(request, name).split(","))
        .filter(text -> text.matches("\\d{1,18}"))
        .map(Long::valueOf)
        .toList();
  }

  /** A text; empty if it is left out. */
  public static String text(HttpServletRequest request, String name) {
    return FormFields.of(request).value(name).map(String::strip).orElse("");
  }
}
