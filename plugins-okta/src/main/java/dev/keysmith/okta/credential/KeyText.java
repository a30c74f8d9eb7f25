package dev.keysmith.okta.credential;

import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The text of a private key as people paste it: out of a console, an environment file or a string
 * of JSON, where line breaks are written as backslash and n. Neither PEM nor JWK has a backslash of
 * its own.
 */
final class KeyText implements AutoCloseable {

  private final char[] text;

  /** Copies the text; the caller erases its own. */
  KeyText(char[] pasted) {
    char[] plain = new char[pasted.length];
    int length = 0;
    for (int at = 0; at < pasted.length; at++) {
      char c = pasted[at];
      if (c == '\\' && at + 1 < pasted.length) {
        at++;
        c = "nrt".indexOf(pasted[at]) >= 0 ? '\n' : pasted[at];
      }
      plain[length++] = c;
    }
    text = trimmed(plain, length);
    Arrays.fill(plain, '\0');
  }

  /** Without space and quotes around it. */
  private static char[] trimmed(char[] plain, int length) {
    int start = 0;
    int end = length;
    while (start < end && isAround(plain[start])) {
      start++;
    }
    while (end > start && isAround(plain[end - 1])) {
      end--;
    }
    return Arrays.copyOfRange(plain, start, end);
  }

  private static boolean isAround(char c) {
    return Character.isWhitespace(c) || c == '"' || c == '\'' || c == '\ufeff';
  }

  CharBuffer chars() {
    return CharBuffer.wrap(text);
  }

  boolean isJson() {
    return text.length > 0 && text[0] == '{';
  }

  /** A JWK has no member of this name. */
  boolean isJwkSet() {
    return isJson() && indexOf("\"keys\"") >= 0;
  }

  /** What lies between two marks; empty if one of them is missing. */
  Optional<CharBuffer> between(String begin, String end) {
    int from = indexOf(begin);
    int to = indexOf(end);
    return from < 0 || to < from
        ? Optional.empty()
        : Optional.of(chars().subSequence(from + begin.length(), to));
  }

  boolean contains(String part) {
    return indexOf(part) >= 0;
  }

  private int indexOf(String part) {
    CharBuffer all = chars();
    for (int at = 0; at + part.length() <= text.length; at++) {
      if (CharSequence.compare(all.subSequence(at, at + part.length()), part) == 0) {
        return at;
      }
    }
    return -1;
  }

  /** Erases it from memory. */
  @Override
  public void close() {
    Arrays.fill(text, '\0');
  }

  /** Without the text. */
  @Override
  public String toString() {
    return "KeyText";
  }
}
