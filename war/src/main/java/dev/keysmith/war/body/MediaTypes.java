package dev.keysmith.war.body;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Media types of requests, compared exactly: no wildcard and no list stands for another type. */
public final class MediaTypes {

  static final String FORM = "application/x-www-form-urlencoded";
  static final String CSV = "text/csv";

  private MediaTypes() {}

  /**
   * Whether a header names this type, with whatever parameters (RFC 9110, section 8.3.1).
   *
   * @param header the value of Content-Type
   */
  public static boolean is(@Nullable String header, String type) {
    if (header == null) {
      return false;
    }
    int end = header.indexOf(';');
    String named = end < 0 ? header : header.substring(0, end);
    return named.strip().toLowerCase(Locale.ROOT).equals(type);
  }
}
