package dev.keysmith.core.integration;

import java.net.IDN;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Custom domains of an identity provider, as an administrator enters them: {@code
 * login.example.com}, with a port where it is not 443.
 */
final class CustomDomains {

  private static final int MOST = 20;
  private static final String SCHEME = "https://";

  private CustomDomains() {}

  /** Whether all of them can be taken over. */
  static boolean areFine(List<String> entered) {
    return entered.size() <= MOST
        && entered.stream().allMatch(text -> text != null && canonical(text).isPresent());
  }

  /** The same as browsers write them, each once, in order. */
  static Set<String> canonical(List<String> entered) {
    return entered.stream()
        .flatMap(text -> canonical(text).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Optional<String> canonical(String entered) {
    String text = entered.strip().toLowerCase(Locale.ROOT);
    String bare = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
    String trimmed = bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    return ascii(trimmed.endsWith(":443") ? trimmed.substring(0, trimmed.length() - 4) : trimmed)
        .filter(
            domain -> WebOrigin.at(domain).filter(origin -> isOwnable(origin.host())).isPresent());
  }

  private static boolean isOwnable(String host) {
    return RegistrableDomain.isDomain(host) && !RegistrableDomain.isPublicSuffix(host);
  }

  private static Optional<String> ascii(String text) {
    int colon = text.indexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    try {
      return Optional.of(
          IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES) + text.substring(host.length()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
