package dev.keysmith.war.panel.page;

import dev.keysmith.core.message.Message;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.caller.OperatorPrincipal;
import dev.keysmith.war.login.panel.PanelSessions;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.text.Language;
import dev.keysmith.war.text.Texts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The viewer of a page: name, role, language, time zone. */
@Named
@RequestScoped
public class Viewer {

  private static final String ZONE_COOKIE = "keysmith-zone";

  @Inject CurrentOperator current;
  @Inject PanelSessions sessions;
  @Inject HttpServletRequest request;

  /** Whether an operator is signed in. */
  public boolean isSignedIn() {
    return current.isSignedIn();
  }

  /** The display name. */
  public String getName() {
    return principal().displayName();
  }

  /** The role, in words. */
  public String getRole() {
    return getTexts().text("role." + principal().role().name());
  }

  /** Whether the viewer has this role. */
  public boolean is(String role) {
    return isSignedIn() && principal().role().name().equals(role);
  }

  /** The pages of the menu, for the role of the viewer. */
  public List<Page.Group> getMenu() {
    return isSignedIn() ? Page.groups(principal().role()) : List.of();
  }

  /** The page that is shown. */
  public Page getPage() {
    return Page.at(FacesContext.getCurrentInstance().getViewRoot().getViewId()).orElse(Page.ERROR);
  }

  /** The token by which scripts of our pages are told from others. */
  public String getCsrfToken() {
    return sessions.csrfToken(request).orElse("");
  }

  /** The language. */
  public Locale getLanguage() {
    return Language.of(request);
  }

  /** The languages that can be chosen. */
  public List<Locale> getLanguages() {
    return Language.ALL;
  }

  /** The words of the language. */
  public Texts getTexts() {
    return Texts.in(getLanguage());
  }

  /** A text with its gaps filled. */
  public String text(String key, Object... values) {
    return getTexts().text(key, values);
  }

  /** What a message says to the viewer. */
  public String message(Message message) {
    return getTexts().message(message);
  }

  /** What has happened and belongs to no field. */
  public List<FacesMessage> getMessages() {
    return FacesContext.getCurrentInstance().getMessageList(null);
  }

  /** A time in the zone and language of the viewer; nothing for null. */
  public String time(@Nullable Instant instant) {
    return instant == null
        ? ""
        : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(region())
            .withZone(getZone())
            .format(instant);
  }

  /** A day in the language of the viewer. */
  public String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(region()).format(day);
  }

  /** The language as it is spoken where the browser is at home: dates differ within a language. */
  private Locale region() {
    Locale language = getLanguage();
    Locale browser = request.getLocale();
    return browser.getLanguage().equals(language.getLanguage()) ? browser : language;
  }

  /** The time zone, which the browser tells by a cookie. */
  public ZoneId getZone() {
    Cookie[] cookies = request.getCookies();
    for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
      if (cookie.getName().equals(ZONE_COOKIE)) {
        try {
          return ZoneId.of(URLDecoder.decode(cookie.getValue(), StandardCharsets.UTF_8));
        } catch (DateTimeException | IllegalArgumentException e) {
          return ZoneOffset.UTC;
        }
      }
    }
    return ZoneOffset.UTC;
  }

  private OperatorPrincipal principal() {
    return current.principal();
  }
}
