package dev.keysmith.war.panel;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/** The page that says that something did not work. */
@Named("failure")
@RequestScoped
@OnlyFor({})
public class ErrorPage {

  @Inject HttpServletRequest request;

  /** The key of the title. */
  public String getTitle() {
    return "error." + kind() + ".title";
  }

  /** The key of the text. */
  public String getText() {
    return "error." + kind() + ".text";
  }

  private String kind() {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    return switch (status instanceof Integer code ? code : 500) {
      case 403 -> "forbidden";
      case 400, 404, 405 -> "not-found";
      default -> "fault";
    };
  }
}
