package dev.keysmith.core.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.server.ServerStarted;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

  private static final Actor ANN = Actor.operator(1, "ann");
  private static final String GOOD = "several words are good";
  private static final String OTHER = "quite other words then";

  private static final int TRIES = 10;

  @RegisterExtension final Core core = new Core();

  private final Operators operators = core.get(Operators.class);
  private final Passwords passwords = core.get(Passwords.class);
  private final SignIns signIns = core.get(SignIns.class);
  private Operator ann;

  @BeforeEach
  void createOperator() {
    core.restart(Throttle.class);
    ann = operators.create(ANN, new NewOperator("ann.archer", "Ann", Role.ADMINISTRATOR));
    passwords.set(ANN, ann.id(), GOOD.toCharArray());
  }

  private Optional<Operator> signIn(String login, String password) {
    return signIns.withPassword(
        login, password.toCharArray(), new SignIns.From("192.0.2.1", Optional.empty()));
  }

  private void change(String before, String wanted) {
    passwords.change(ANN, ann.id(), before.toCharArray(), wanted.toCharArray());
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password1234",
        "Password1234!",
        "P@ssw0rd1234",
        "qwertyuiop12",
        "123456789012",
        "iloveyou1234",
        "letmeinletmein",
        "Administrator1",
        "keysmithkeysmith",
        "my.ann.archer"
      })
  void refusesPasswordsThatAreSoonGuessed(String password) {
    refused("operator.password", () -> passwords.set(ANN, ann.id(), password.toCharArray()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kX9#mQ2$vL7p", "forty-two green umbrellas", "summer rain over berlin"})
  void takesPasswordsThatAreNot(String password) {
    assertThatCode(() -> passwords.set(ANN, ann.id(), password.toCharArray()))
        .doesNotThrowAnyException();
  }

  /** Its like makes the measuring of common parts take very long. */
  @Test
  void takesLongPasswordsOfManySubstitutions() {
    String evil = "4@8({[</369&#!1/|0$5+7%2/".repeat(5).substring(0, 120);

    assertThatCode(() -> passwords.set(ANN, ann.id(), evil.toCharArray()))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesTheRightPasswordAfterTooManyWrongOnes() {
    for (int i = 0; i < TRIES; i++) {
      assertThat(signIn("ann.archer", "wrong")).isEmpty();
      assertThat(signIn("nobody", "wrong")).isEmpty();
    }

    refused("sign-in.too-many-failures", () -> signIn("ann.archer", GOOD));
    refused("sign-in.too-many-failures", () -> signIn("nobody", GOOD));
  }

  @Test
  void letsABrowserInThatTheAccountHasUsedBefore() {
    for (int i = 0; i < TRIES; i++) {
      signIn("ann.archer", "wrong");
    }

    assertThat(
            signIns.withPassword(
                "ann.archer",
                GOOD.toCharArray(),
                new SignIns.From("192.0.2.1", Optional.of("ann.archer 12"))))
        .isPresent();
  }

  @Test
  void countsWrongGuessesOfAChange() {
    for (int i = 0; i < TRIES; i++) {
      refused("operator.password-wrong", () -> change("wrong", OTHER));
    }

    refused("sign-in.too-many-failures", () -> change(GOOD, OTHER));
    refused(
        "sign-in.too-many-failures",
        () -> signIns.confirmsPassword(ann, GOOD.toCharArray(), "192.0.2.9"));
    assertThat(signIn("ann.archer", GOOD)).isPresent();
    assertThat(
            core.get(Audit.class)
                .list(PageRequest.first().with("action", "operator.sign-in-failed"))
                .total())
        .isEqualTo(TRIES);
  }

  @Test
  void hashesAnewWhatWasHashedWithOtherCosts() throws Exception {
    core.inTransaction(
        () -> {
          core.entities()
              .find(Operator.class, ann.id())
              .changePassword(OldHash.of(GOOD), core.clock().instant());
          return true;
        });
    var begun = core.clock().instant();

    assertThat(signIn("ann.archer", "wrong")).isEmpty();
    assertThat(stored()).contains("m=64,");
    assertThat(signIn("ann.archer", GOOD)).isPresent();

    assertThat(PasswordHash.isOutdated(stored())).isFalse();
    assertThat(signIn("ann.archer", GOOD)).isPresent();
    assertThat(operators.get(ann.id()).accepts(begun)).isTrue();
  }

  @Test
  void countsNoGuessThatWasNotCompared() {
    PasswordCheck check = core.get(PasswordCheck.class);
    for (int i = 0; i <= TRIES; i++) {
      whileTooManySignIn(
          () -> refused("sign-in.busy", () -> check.isConfirmed(ann, GOOD.toCharArray(), "::1")));
    }

    assertThat(check.isConfirmed(operators.get(ann.id()), GOOD.toCharArray(), "::1")).isTrue();
  }

  @Test
  void letsInWhoseRightPasswordCannotBeHashedAnewAtThisMoment() throws Exception {
    core.inTransaction(
        () -> {
          core.entities()
              .find(Operator.class, ann.id())
              .changePassword(OldHash.of(GOOD), core.clock().instant());
          return true;
        });
    Operator outdated = operators.get(ann.id());

    whileTooManySignIn(
        () ->
            assertThatCode(() -> passwords.keepUpToDate(outdated, GOOD.toCharArray()))
                .doesNotThrowAnyException());

    assertThat(stored()).contains("m=64,");
  }

  /** A thread that is interrupted waits for no turn, as if none came. */
  private static void whileTooManySignIn(Runnable work) {
    Thread.currentThread().interrupt();
    try {
      work.run();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private String stored() {
    return operators.get(ann.id()).password().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"True", "TRUE", " true "})
  void takesNoPasswordHoweverTrueIsWritten(String value) {
    core.configure("keysmith.sign-in.passkeys-only", value);

    refused("sign-in.passkeys-only", () -> signIn("ann.archer", GOOD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "on", "1", "tru"})
  void refusesTheStartAndPasswordsWhereTheSettingIsNeitherTrueNorFalse(String value) {
    core.configure("keysmith.sign-in.passkeys-only", value);

    assertThatThrownBy(() -> core.get(SignInSettings.class).onStart(new ServerStarted()))
        .hasMessageContaining("keysmith.sign-in.passkeys-only must be true or false");
    assertThatThrownBy(() -> signIn("ann.archer", GOOD)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "False", ""})
  void takesPasswordsWherePasskeysAloneAreNotWanted(String value) {
    core.configure("keysmith.sign-in.passkeys-only", value);

    assertThat(signIn("ann.archer", GOOD)).isPresent();
  }

  @Test
  void takesNoPasswordWherePasskeysAloneAreWanted() {
    char[] link = core.get(SetUps.class).issue(ANN, ann.id()).text();
    core.configure("keysmith.sign-in.passkeys-only", "true");

    refused("sign-in.passkeys-only", () -> signIn("ann.archer", GOOD));
    refused("sign-in.passkeys-only", () -> signIn("nobody", GOOD));
    refused("sign-in.passkeys-only", () -> change(GOOD, OTHER));
    refused("sign-in.passkeys-only", () -> passwords.set(ANN, ann.id(), OTHER.toCharArray()));
    refused(
        "sign-in.passkeys-only",
        () -> signIns.confirmsPassword(ann, GOOD.toCharArray(), "192.0.2.1"));
    refused(
        "sign-in.passkeys-only",
        () ->
            core.get(SetUps.class)
                .setPassword(link, new SetUpNames("ann.archer", "Ann"), OTHER.toCharArray()));
    assertThat(operators.hasAdministrator()).isFalse();
  }
}
