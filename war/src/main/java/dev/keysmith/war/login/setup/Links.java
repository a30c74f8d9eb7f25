package dev.keysmith.war.login.setup;

import dev.keysmith.core.operator.IssuedSetUpLink;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.web.PublicAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;

/** The addresses of set-up links. */
@ApplicationScoped
public class Links {

  @Inject PublicAddress address;

  /**
   * The address of a link; erases its secret. The secret comes after the {@code #}, which browsers
   * do not send: it gets into no log.
   */
  public String address(IssuedSetUpLink issued, HttpServletRequest request) {
    return of(issued, address.origin(request));
  }

  /** The address of a link, without the server's own address if that is not configured. */
  String address(IssuedSetUpLink issued) {
    return of(issued, address.origin().orElse(""));
  }

  private static String of(IssuedSetUpLink issued, String origin) {
    try {
      return origin + Page.SET_UP.path() + "#" + new String(issued.text());
    } finally {
      Arrays.fill(issued.text(), '\0');
    }
  }
}
