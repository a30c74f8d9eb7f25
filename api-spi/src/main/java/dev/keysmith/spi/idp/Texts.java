package dev.keysmith.spi.idp;

import dev.keysmith.spi.Text;
import java.util.regex.Pattern;

/** The bounds of what an identity provider names and calls things. */
final class Texts {

  private static final Pattern ID = Pattern.compile("[!-~]{1,255}");
  private static final int LONGEST = 255;

  private Texts() {}

  /** Ids go into paths, columns and logs: one that breaks the bounds is a fault of the plugin. */
  static String id(String what, String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "The id of a "
              + what
              + " must have 1 to 255 characters of printable ASCII without spaces; this one has "
              + id.length()
              + " characters.");
    }
    return id;
  }

  /** What is only shown may be shorter; never half of a surrogate pair. */
  static String shown(String text) {
    return Text.cut(text, LONGEST);
  }
}
