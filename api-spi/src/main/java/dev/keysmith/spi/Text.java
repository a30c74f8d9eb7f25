package dev.keysmith.spi;

/** Cuts text to the length of a column, a line or a message. */
public final class Text {

  private static final String ELLIPSIS = "…";

  private Text() {}

  /**
   * The beginning of a text, never with half of a surrogate pair at its end: databases, JSON and
   * browsers refuse half characters.
   *
   * @param text any
   * @param most in {@code char}s
   * @return the text, or what fits of it
   */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean splits = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, splits ? most - 1 : most);
  }

  /**
   * As {@link #cut}, with an ellipsis at the end where something is missing.
   *
   * @param text any
   * @param most in {@code char}s, the ellipsis included
   * @return the text, or what fits of it
   */
  public static String shorten(String text, int most) {
    return text.length() <= most ? text : cut(text, most - 1) + ELLIPSIS;
  }
}
