package dev.keysmith.core.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.keysmith.core.event.DeadLetters;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.Desk;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ActivationMailsTest {

  @RegisterExtension final Core core = new Core();

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private long userId;

  @BeforeEach
  void setUp() {
    server.start();
    core.configure("keysmith.mail.host", "127.0.0.1");
    core.configure("keysmith.mail.port", Integer.toString(server.getSmtp().getPort()));
    core.configure("keysmith.mail.security", "none");
    core.configure("keysmith.mail.from", "Keysmith <keys@example.org>");
    core.configure("keysmith.url", "https://keys.example.org");
    Desk desk = new Desk(core, "silent");
    desk.provider().user("u1", "person.one@example.net");
    desk.importAll();
    userId = desk.user("u1").id();
    assertThatThrownBy(() -> issue(desk.user("silent").id()))
        .hasMessageContaining("activation.no-email");
  }

  @AfterEach
  void tearDown() {
    server.stop();
  }

  @Test
  void sendsTheCodeInTheFragmentOfTheLinkAndKeepsItNoLonger() throws Exception {
    String code = issue(userId);
    core.deliver();

    MimeMessage[] received = server.getReceivedMessages();
    assertThat(received).hasSize(1);
    assertThat(received[0].getRecipients(Message.RecipientType.TO)[0])
        .hasToString("person.one@example.net");
    assertThat(received[0].getSubject()).isEqualTo("en mail.activation-subject []");
    assertThat(received[0].getContent().toString())
        .contains("en mail.activation-link [Person u1, https://keys.example.org/activate#" + code);
    assertThat(sealed()).isNull();
    assertThat(core.get(ActivationCodes.class).find(codeId()).mailed()).isPresent();
    assertThat(
            core.get(Redemptions.class).redeem(code.toCharArray(), "192.0.2.1").session().userId())
        .isEqualTo(userId);
  }

  @Test
  void writesInEachLanguageThatIsConfigured() throws Exception {
    core.configure("keysmith.mail.languages", "de, en");
    issue(userId);
    core.deliver();

    MimeMessage received = server.getReceivedMessages()[0];
    assertThat(received.getSubject()).isEqualTo("de mail.activation-subject []");
    assertThat(received.getContent().toString())
        .containsSubsequence("de mail.activation-link", "en mail.activation-link");
  }

  @Test
  void keepsTheCodeUntilTheLanguagesAreSetRight() throws Exception {
    core.configure("keysmith.mail.languages", "fr");
    issue(userId);
    core.deliver();
    assertThat(core.get(ActivationCodes.class).find(codeId()).awaitsMail()).isTrue();

    core.configure("keysmith.mail.languages", "de");
    core.deliverAfter(Duration.ofSeconds(2));
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void saysWhyNoCodeCanBeSent() {
    ActivationCodes codes = core.get(ActivationCodes.class);
    assertThat(codes.whyNotByMail(userId)).isEmpty();
    core.configure("keysmith.mail.host", "");
    assertThat(codes.whyNotByMail(userId))
        .map(ProblemException::code)
        .contains("mail.not-configured");
  }

  @Test
  void sendsItLaterWhenTheServerIsOutOfReach() throws Exception {
    int port = server.getSmtp().getPort();
    server.stop();
    issue(userId);
    core.deliver();
    assertThat(core.get(ActivationCodes.class).find(codeId()).awaitsMail()).isTrue();

    GreenMail again = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
    again.start();
    try {
      core.deliverAfter(Duration.ofSeconds(2));
      assertThat(again.getReceivedMessages()).hasSize(1);
    } finally {
      again.stop();
    }
    core.deliverAfter(Duration.ofHours(1));
    assertThat(core.get(DeadLetters.class).count()).isZero();
  }

  @Test
  void saysThatItWasGivenUpAndSendsItWhenItsEventIsRetried() throws Exception {
    int port = server.getSmtp().getPort();
    server.stop();
    issue(userId);
    DeadLetters letters = core.get(DeadLetters.class);
    core.deliverUntilGivenUp();
    ActivationCode given = core.get(ActivationCodes.class).find(codeId());
    assertThat(given.awaitsMail()).isFalse();
    assertThat(given.mailProblem()).isPresent();

    GreenMail again = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
    again.start();
    try {
      letters.retry(Desk.OPERATOR, letters.list(PageRequest.first()).items().get(0).id());
      core.deliver();
      assertThat(again.getReceivedMessages()).hasSize(1);
    } finally {
      again.stop();
    }
    ActivationCode sent = core.get(ActivationCodes.class).find(codeId());
    assertThat(sent.mailed()).isPresent();
    assertThat(sent.mailProblem()).isEmpty();
    assertThat(sealed()).isNull();
  }

  @Test
  void sendsNothingForACodeThatWasRevokedMeanwhile() throws Exception {
    issue(userId);
    core.get(ActivationCodes.class).revoke(Desk.OPERATOR, codeId());
    core.deliver();

    assertThat(server.getReceivedMessages()).isEmpty();
    assertThat(sealed()).isNull();
  }

  @Test
  void refusesWhatCannotBeSentBeforeACodeIsMade() {
    core.configure("keysmith.url", "");
    assertThatThrownBy(() -> issue(userId)).hasMessageContaining("mail.no-address-of-ours");
    core.configure("keysmith.mail.host", "");
    assertThatThrownBy(() -> issue(userId)).hasMessageContaining("mail.not-configured");
  }

  private String issue(long user) {
    try (IssuedCode issued = core.get(ActivationCodes.class).issue(Desk.OPERATOR, user, true)) {
      return new String(issued.text());
    }
  }

  private Object sealed() throws Exception {
    return core.inTransaction(
        () ->
            core.entities()
                .createNativeQuery("select mail_sealed from activation_code")
                .getSingleResult());
  }

  private long codeId() throws Exception {
    return core.inTransaction(
        () ->
            core.entities()
                .createQuery("select c.id from ActivationCode c", Long.class)
                .getSingleResult());
  }
}
