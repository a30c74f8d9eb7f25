package dev.keysmith.core.activation;

import dev.keysmith.core.access.CodeText;
import dev.keysmith.core.event.EventGivenUp;
import dev.keysmith.core.mail.Mail;
import dev.keysmith.core.mail.MailLanguages;
import dev.keysmith.core.mail.MailTexts;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sends activation codes by e-mail: again until the mail server has taken them. */
@ApplicationScoped
class ActivationMails {

  private static final String BETWEEN = "\n--\n\n";

  @Inject ActivationLetters letters;
  @Inject Mail mail;
  @Inject MailLanguages languages;
  @Inject MailTexts texts;
  @Inject Secrets secrets;
  @Inject ActivationSettings settings;

  void onRequested(@Observes ActivationMailRequested event) {
    Optional<ActivationLetters.Letter> letter = letters.waiting(event.codeId());
    if (letter.isEmpty()) {
      return;
    }
    try {
      send(letter.get());
    } catch (ProblemException e) {
      if (e.kind() != ProblemException.Kind.INVALID) {
        throw e;
      }
      letters.notSent(event.codeId(), Failure.message(e));
      return;
    }
    letters.sent(event.codeId());
  }

  void onGivenUp(@Observes EventGivenUp given) {
    if (given.event() instanceof ActivationMailRequested request) {
      letters.givenUp(request.codeId(), given.reason());
    }
  }

  private void send(ActivationLetters.Letter letter) {
    char[] code =
        secrets.open(
            ActivationCodes.mailPurpose(letter.code().id()),
            letter.code().mailSealed().orElseThrow());
    char[] grouped = CodeText.grouped(code);
    try {
      List<Locale> all = languages.all();
      String text = new String(grouped);
      mail.send(
          letter.user().email().orElseThrow(),
          texts.text(all.get(0), "mail.activation-subject"),
          all.stream()
              .map(language -> text(language, letter, text))
              .collect(Collectors.joining(BETWEEN)));
    } finally {
      Arrays.fill(code, '\0');
      Arrays.fill(grouped, '\0');
    }
  }

  private String text(Locale language, ActivationLetters.Letter letter, String code) {
    String until =
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
            .withLocale(language)
            .withZone(ZoneOffset.UTC)
            .format(letter.code().expires());
    String name = letter.user().displayName();
    return settings
        .page()
        .map(page -> page + "#" + code)
        .map(link -> texts.text(language, "mail.activation-link", name, link, code, until))
        .orElseGet(() -> texts.text(language, "mail.activation-code", name, code, until));
  }
}
