package dev.keysmith.pcsc;

import dev.keysmith.spi.Text;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of readers and cards, which are not to be trusted: one short line of each is kept. */
final class HistoricalText {

  private static final int LONGEST = 100;

  /** Shorter runs of letters are chance. */
  private static final Pattern NAME = Pattern.compile("[\\x20-\\x7E]{4,}");

  private HistoricalText() {}

  /** The name of a key: that of its reader, and the text that the card shows, if it shows any. */
  static String product(String reader, byte[] historicalBytes) {
    Matcher text = NAME.matcher(new String(historicalBytes, StandardCharsets.ISO_8859_1));
    String name = line(reader);
    return text.find() ? name + " (" + line(text.group()) + ")" : name;
  }

  /** One line that can be shown. */
  static String line(String text) {
    return Text.cut(text.replaceAll("\\p{C}", "").strip(), LONGEST);
  }
}
