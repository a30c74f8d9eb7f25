package dev.keysmith.war.text;

import dev.keysmith.core.mail.MailTexts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** The texts of e-mails, from the bundles. */
@ApplicationScoped
public class BundledMailTexts implements MailTexts {

  @Override
  public String text(Locale language, String key, Object... values) {
    return Texts.in(language).text(key, values);
  }
}
