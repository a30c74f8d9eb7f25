package dev.keysmith.core.mail;

import java.util.Locale;

/**
 * The texts of e-mails, by key. The server's bundles hold them, next to all other texts that people
 * read.
 */
@FunctionalInterface
public interface MailTexts {

  /**
   * A text with its gaps filled.
   *
   * @param language one of {@link MailLanguages#KNOWN}
   */
  String text(Locale language, String key, Object... values);
}
