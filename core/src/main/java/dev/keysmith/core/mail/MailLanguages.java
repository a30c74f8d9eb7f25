package dev.keysmith.core.mail;

import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The languages of e-mails ({@code keysmith.mail.languages}). The directory does not say which one
 * a person reads, so an e-mail has the same text in each of them.
 */
@ApplicationScoped
public class MailLanguages {

  /** The languages that there are texts in. */
  public static final List<Locale> KNOWN = List.of(Locale.ENGLISH, Locale.GERMAN);

  @Inject Configuration configuration;

  /**
   * The languages, in the order of the texts of an e-mail; English by default.
   *
   * @throws ProblemException {@code UNAVAILABLE} if the setting names another language
   */
  public List<Locale> all() {
    String setting = configuration.text("keysmith.mail.languages").orElse("en");
    List<Locale> chosen =
        Arrays.stream(setting.split(",", -1))
            .map(tag -> Locale.forLanguageTag(tag.strip().toLowerCase(Locale.ROOT)))
            .distinct()
            .toList();
    if (!KNOWN.containsAll(chosen)) {
      throw ProblemException.unavailable(MailMessage.LANGUAGES);
    }
    return chosen;
  }
}
