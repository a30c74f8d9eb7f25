package dev.keysmith.core.activation;

import dev.keysmith.core.directory.User;
import dev.keysmith.core.mail.Mail;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Sends activation codes by e-mail: again until the mail server has taken them. */
@ApplicationScoped
class ActivationMails {

  private static final DateTimeFormatter UNTIL =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String TEXT =
      """
      Hello %s,

      your security key is ready to be activated. At a station where you can plug it in, open

        %s

      or enter this code on the activation page:

        %s

      The code works until %s and for you alone. Give it to nobody; nobody of your organisation
      will ask you for it or for the PIN of your security key.
      """;

  @Inject ActivationLetters letters;
  @Inject Mail mail;
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
      letters.notSent(event.codeId(), String.valueOf(e.getMessage()));
      return;
    }
    letters.sent(event.codeId());
  }

  private void send(ActivationLetters.Letter letter) {
    char[] code =
        secrets.open(
            ActivationCodes.mailPurpose(letter.code().id()),
            letter.code().mailSealed().orElseThrow());
    char[] grouped = CodeText.grouped(code);
    try {
      User user = letter.user();
      String text = new String(grouped);
      mail.send(
          user.email().orElseThrow(),
          "Activate your security key",
          TEXT.formatted(
              user.displayName(),
              settings.page().map(page -> page + "#" + text).orElse("the activation page"),
              text,
              UNTIL.format(letter.code().expires())));
    } finally {
      Arrays.fill(code, '\0');
      Arrays.fill(grouped, '\0');
    }
  }
}
