package dev.keysmith.okta.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the links of a header (RFC 8288, section 3). Single quotes count as quotes, too: some
 * proxies write them.
 */
final class LinkHeader {

  private record Link(String target, Map<String, String> parameters) {

    boolean leadsTo(String relation) {
      // A link with an anchor speaks of another resource than the one that was asked for.
      return !parameters.containsKey("anchor")
          && Arrays.stream(parameters.getOrDefault("rel", "").split("\\s"))
              .anyMatch(relation::equalsIgnoreCase);
    }
  }

  private final String text;
  private int at;

  private LinkHeader(String text) {
    this.text = text;
  }

  /**
   * The target of the first link with a relation.
   *
   * @param headers of one answer; each may hold several links
   * @throws IllegalArgumentException if one of them is no header of links
   */
  static Optional<String> target(List<String> headers, String relation) {
    List<Link> links = new ArrayList<>();
    headers.forEach(header -> links.addAll(new LinkHeader(header).links()));
    return links.stream().filter(link -> link.leadsTo(relation)).map(Link::target).findFirst();
  }

  private List<Link> links() {
    List<Link> links = new ArrayList<>();
    skip(" \t,");
    while (at < text.length()) {
      links.add(link());
      skip(" \t");
      if (at < text.length() && text.charAt(at) != ',') {
        throw malformed();
      }
      skip(" \t,");
    }
    return links;
  }

  private Link link() {
    int end = text.indexOf('>', at);
    if (text.charAt(at) != '<' || end < 0) {
      throw malformed();
    }
    String target = text.substring(at + 1, end).strip();
    at = end + 1;
    Map<String, String> parameters = new LinkedHashMap<>();
    skip(" \t");
    while (isAt(';')) {
      at++;
      parameter(parameters);
      skip(" \t");
    }
    return new Link(target, parameters);
  }

  /** Of a repeated parameter the first one counts. */
  private void parameter(Map<String, String> parameters) {
    skip(" \t");
    String name = until("=;, \t").toLowerCase(Locale.ROOT);
    skip(" \t");
    String value = "";
    if (isAt('=')) {
      at++;
      skip(" \t");
      value = isAt('"') ? quoted() : isAt('\'') ? singleQuoted() : until(";, \t");
    }
    parameters.putIfAbsent(name, value);
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
    }
    if (at == text.length()) {
      throw malformed();
    }
    at++;
    return value.toString();
  }

  private String singleQuoted() {
    int end = text.indexOf('\'', at + 1);
    if (end < 0) {
      return until(";, \t");
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  private String until(String ends) {
    int start = at;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skip(String what) {
    while (at < text.length() && what.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("its Link header is malformed");
  }
}
