package dev.keysmith.war.text;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The viewer's language: chosen in the panel, or else what the browser asks for. */
public final class Language {

  /** The cookie of the choice. */
  public static final String COOKIE = "keysmith-language";

  /** The languages that there are; the first is for the callers that ask for none of them. */
  public static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.GERMAN);

  private Language() {}

  /** The language of a request. */
  public static Locale of(HttpServletRequest request) {
    return chosen(request)
        .or(() -> asked(request).flatMap(Language::known).findFirst())
        .orElse(ALL.get(0));
  }

  /** None if the request names none: the container would answer with the locale of its own. */
  private static Stream<Locale> asked(HttpServletRequest request) {
    return request.getHeader("Accept-Language") == null
        ? Stream.empty()
        : Collections.list(request.getLocales()).stream();
  }

  private static Optional<Locale> chosen(HttpServletRequest request) {
    return Stream.ofNullable(request.getCookies())
        .flatMap(Arrays::stream)
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .flatMap(tag -> known(Locale.forLanguageTag(tag)))
        .findFirst();
  }

  private static Stream<Locale> known(Locale wanted) {
    return ALL.stream().filter(it -> it.getLanguage().equals(wanted.getLanguage()));
  }
}
