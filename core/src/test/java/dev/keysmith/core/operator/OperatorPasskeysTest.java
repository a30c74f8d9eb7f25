package dev.keysmith.core.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OperatorPasskeysTest {

  private static final Actor ANN = Actor.operator(1, "ann");
  private static final String ORIGIN = "https://keysmith.example.org";

  @RegisterExtension final Core core = new Core();

  private final Operators operators = core.get(Operators.class);
  private final OperatorPasskeys passkeys = core.get(OperatorPasskeys.class);
  private final SignIns signIns = core.get(SignIns.class);
  private Operator ann;
  private SoftAuthenticator authenticator;
  private int ceremonies;

  @BeforeEach
  void createOperator() {
    ann = operators.create(ANN, new NewOperator("ann", "Ann", Role.OPERATOR));
    authenticator = new SoftAuthenticator(ann.userHandle());
  }

  private Ceremony ceremony() {
    return ceremony(ORIGIN, "keysmith.example.org");
  }

  private Ceremony ceremony(String origin, String rpId) {
    byte[] challenge =
        ("challenge " + ceremonies++ + " of 32 bytes or more").getBytes(StandardCharsets.UTF_8);
    return new Ceremony(origin, rpId, Bytes.of(challenge));
  }

  private OperatorPasskey register() {
    Ceremony ceremony = ceremony();
    return passkeys.add(
        ANN,
        ann.id(),
        new NewPasskey(ceremony, ann.userHandle(), "Blue key", authenticator.create(ceremony)));
  }

  private Operator signIn() {
    Ceremony ceremony = ceremony();
    return signIns.withPasskey(ceremony, authenticator.get(ceremony));
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }

  @Test
  void letsTheOwnerOfAPasskeyInAndRemembersItsUse() {
    OperatorPasskey made = register();
    authenticator.counter = 7;

    assertThat(signIn().login()).isEqualTo("ann");

    assertThat(made.transports()).containsExactly("nfc", "usb");
    assertThat(passkeys.list(ann.id()))
        .singleElement()
        .satisfies(
            passkey -> {
              assertThat(passkey.signatureCounter()).isEqualTo(7);
              assertThat(passkey.lastUsed()).contains(core.clock().instant());
            });
  }

  @Test
  void refusesAnAnswerForAnotherChallengeOriginOrRelyingParty() {
    register();
    authenticator.counter = 2;
    Ceremony mine = ceremony();

    refused("operator.passkey", () -> signIns.withPasskey(mine, authenticator.get(ceremony())));
    refused(
        "operator.passkey",
        () ->
            signIns.withPasskey(
                mine,
                authenticator.get(
                    new Ceremony("https://evil.example", mine.rpId(), mine.challenge()))));
    refused(
        "operator.passkey",
        () ->
            signIns.withPasskey(
                mine,
                authenticator.get(new Ceremony(mine.origin(), "evil.example", mine.challenge()))));
    assertThat(signIns.withPasskey(mine, authenticator.get(mine)).login()).isEqualTo("ann");
  }

  @Test
  void refusesAClonedAuthenticatorWhoseCounterStandsStill() {
    register();
    authenticator.counter = 5;
    signIn();

    refused("operator.passkey", this::signIn);
    authenticator.counter = 4;
    refused("operator.passkey", this::signIn);
  }

  @Test
  void wantsTheUserVerified() {
    register();
    authenticator.counter = 2;
    authenticator.flags = SoftAuthenticator.UP;

    refused("operator.passkey", this::signIn);
  }

  @Test
  void makesNoPasskeyWithoutUserVerification() {
    authenticator.flags = SoftAuthenticator.UP;

    refused("operator.passkey", this::register);
    assertThat(passkeys.list(ann.id())).isEmpty();
  }

  @Test
  void followsTheBackupStateAndRefusesAnEligibilityThatChanges() {
    authenticator.flags |= SoftAuthenticator.BE;
    register();
    authenticator.counter = 2;
    authenticator.flags |= SoftAuthenticator.BS;
    signIn();
    assertThat(passkeys.list(ann.id()).get(0).backedUp()).isTrue();

    authenticator.counter = 3;
    authenticator.flags = SoftAuthenticator.UP | SoftAuthenticator.UV;
    refused("operator.passkey", this::signIn);
  }

  @Test
  void refusesAPasskeyThatClaimsAnotherOwner() {
    register();
    Operator bob = operators.create(ANN, new NewOperator("bob", "Bob", Role.ADMINISTRATOR));
    Ceremony ceremony = ceremony();
    authenticator.counter = 2;
    String answer =
        authenticator
            .get(ceremony)
            .replace(ann.userHandle().toBase64Url(), bob.userHandle().toBase64Url());

    refused("operator.passkey-unknown", () -> signIns.withPasskey(ceremony, answer));
  }

  @Test
  void refusesAPasskeyThatItDoesNotKnowOrThatIsOfADisabledOperator() {
    refused("operator.passkey-unknown", this::signIn);
    register();
    authenticator.counter = 2;
    operators.disable(ANN, ann.id());

    refused("operator.disabled", this::signIn);
  }

  @Test
  void refusesWhatIsNoAnswerAtAll() {
    for (String answer : new String[] {"", "{}", "null", "[]", "{\"id\":1}", "{\"id\":\"A\"}"}) {
      refused("operator.passkey", () -> signIns.withPasskey(ceremony(), answer));
    }
  }

  @Test
  void leavesTheLastWayIn() {
    OperatorPasskey made = register();

    refused("operator.last-way-in", () -> passkeys.remove(ANN, ann.id(), made.id()));

    core.get(Passwords.class).set(ANN, ann.id(), "several words are good".toCharArray());
    passkeys.remove(ANN, ann.id(), made.id());
    passkeys.remove(ANN, ann.id(), made.id());
    assertThat(passkeys.list(ann.id())).isEmpty();
  }

  @Test
  void takesTheSamePasskeyOnce() {
    register();

    refused("operator.passkey-known", this::register);
  }
}
