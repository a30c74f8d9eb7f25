package dev.keysmith.war.panel.failure;

import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.text.Language;
import dev.keysmith.war.text.Texts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The page that says that something did not work. */
@Named("failure")
@RequestScoped
@OnlyFor({})
public class ErrorPage {

  /** Where the words of a problem wait for the page. */
  static final String WORDS = ErrorPage.class.getName();

  @Inject HttpServletRequest request;

  /** The title. */
  public String getTitle() {
    return texts().text("error." + kind() + ".title");
  }

  /** What went wrong: the words of the problem, if it is one that core knows. */
  public String getText() {
    return words().orElseGet(() -> texts().text("error." + kind() + ".text"));
  }

  private Texts texts() {
    return Texts.in(Language.of(request));
  }

  private Optional<String> words() {
    return Optional.ofNullable(request.getAttribute(WORDS)).map(Object::toString);
  }

  private String kind() {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int code = status instanceof Integer number ? number : 500;
    if (code == 404) {
      return "not-found";
    }
    if (words().isPresent()) {
      return "problem";
    }
    return switch (code) {
      case 403 -> "forbidden";
      case 400, 405 -> "not-found";
      default -> "fault";
    };
  }
}
