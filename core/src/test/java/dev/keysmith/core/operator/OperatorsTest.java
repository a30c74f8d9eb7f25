package dev.keysmith.core.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OperatorsTest {

  private static final Actor ANN = Actor.operator(1, "ann");
  private static final SetUpNames ANNS_NAMES = new SetUpNames("Ann", "Ann Archer");
  private static final String LONG = "several words are good";

  @RegisterExtension final Core core = new Core();

  private final Operators operators = core.get(Operators.class);
  private final SetUps setUps = core.get(SetUps.class);
  private final Passwords passwords = core.get(Passwords.class);
  private final SignIns signIns = core.get(SignIns.class);
  private final Audit audit = core.get(Audit.class);

  private Operator create(String login, Role role) {
    return operators.create(ANN, new NewOperator(login, "Name of " + login, role));
  }

  private Operator createWithPassword(String login, Role role) {
    Operator made = create(login, role);
    passwords.set(ANN, made.id(), LONG.toCharArray());
    return operators.get(made.id());
  }

  private Optional<Operator> signIn(String login, char[] password) {
    return signIns.withPassword(login, password, new SignIns.From("192.0.2.1", Optional.empty()));
  }

  private List<String> audited() {
    return audit.list(new PageRequest(0, 100, "at", java.util.Map.of())).items().stream()
        .map(entry -> entry.by().name() + " " + entry.action() + " " + entry.subject().label())
        .toList();
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }

  @BeforeEach
  void forgetFailures() {
    core.restart(Throttle.class);
  }

  @Test
  void keepsTheFirstLinkOfEachNodeUntilThereIsAnAdministrator() {
    char[] one = setUps.issueFirst("one").text();
    char[] lost = setUps.issueFirst("two").text();
    char[] two = setUps.issueFirst("two").text();

    assertThat(setUps.hasFirst("one")).isTrue();
    assertThat(setUps.hasFirst("three")).isFalse();
    refused("operator.set-up-link", () -> setUps.setPassword(lost, ANNS_NAMES, LONG.toCharArray()));
    setUps.setPassword(one, ANNS_NAMES, LONG.toCharArray());
    refused(
        "operator.set-up-link",
        () -> setUps.setPassword(two, new SetUpNames("eve", "Eve"), LONG.toCharArray()));
  }

  @Test
  void makesTheFirstAccountByALinkThatWorksOnce() {
    char[] link = setUps.issueFirst("main").text();

    Operator ann = setUps.setPassword(link, ANNS_NAMES, LONG.toCharArray());

    assertThat(ann.login()).isEqualTo("ann");
    assertThat(ann.role()).isEqualTo(Role.ADMINISTRATOR);
    assertThat(operators.hasAdministrator()).isTrue();
    refused(
        "operator.set-up-link",
        () -> setUps.setPassword(link, new SetUpNames("eve", "Eve"), LONG.toCharArray()));
    assertThat(audited())
        .containsExactly(
            "system operator.created ann",
            "ann operator.set-up ann",
            "ann operator.password-set ann");
  }

  @Test
  void makesNoSecondFirstAccount() {
    char[] link = setUps.issueFirst("main").text();
    createWithPassword("bob", Role.ADMINISTRATOR);

    refused("operator.set-up-link", () -> setUps.setPassword(link, ANNS_NAMES, LONG.toCharArray()));
    assertThat(operators.findLogin("ann")).isEmpty();
  }

  @Test
  void keepsTheLinkWhenThePasswordIsRefused() {
    char[] link = setUps.issueFirst("main").text();

    refused(
        "operator.password", () -> setUps.setPassword(link, ANNS_NAMES, "too short".toCharArray()));

    assertThat(setUps.setPassword(link, ANNS_NAMES, LONG.toCharArray()).login()).isEqualTo("ann");
  }

  @Test
  void refusesALinkThatHasExpiredOrWasReplacedOrIsOfADisabledOperator() {
    Operator bob = create("bob", Role.OPERATOR);
    char[] replaced = setUps.issue(ANN, bob.id()).text();
    char[] expired = setUps.issue(ANN, bob.id()).text();
    assertThat(setUps.owner(expired)).map(Operator::login).contains("bob");

    refused("operator.set-up-link", () -> setUps.owner(replaced));
    core.clock().advance(SetUps.LIFETIME);
    refused("operator.set-up-link", () -> setUps.owner(expired));

    char[] disabled = setUps.issue(ANN, bob.id()).text();
    operators.disable(ANN, bob.id());
    refused(
        "operator.set-up-link", () -> setUps.setPassword(disabled, ANNS_NAMES, LONG.toCharArray()));
  }

  @Test
  void knowsAPasswordAndNothingElse() {
    createWithPassword("ann", Role.OPERATOR);

    assertThat(signIn(" Ann ", LONG.toCharArray())).isPresent();
    assertThat(signIn("ann", "several words are goof".toCharArray())).isEmpty();
    assertThat(signIn("ann", new char[0])).isEmpty();
    assertThat(signIn("bob", LONG.toCharArray())).isEmpty();
    assertThat(signIn("ann", "nobody".toCharArray())).isEmpty();
    assertThat(signIn("bob", "nobody".toCharArray())).isEmpty();
  }

  @Test
  void letsNobodyInWhoIsDisabledOrHasNoPassword() {
    Operator ann = createWithPassword("ann", Role.OPERATOR);
    create("bob", Role.OPERATOR);
    operators.disable(ANN, ann.id());

    assertThat(signIn("ann", LONG.toCharArray())).isEmpty();
    assertThat(signIn("bob", "nobody".toCharArray())).isEmpty();
    operators.enable(ANN, ann.id());
    assertThat(signIn("ann", LONG.toCharArray())).isPresent();
  }

  @Test
  void keepsTheLastAdministratorWhoCanSignIn() {
    Operator ann = createWithPassword("ann", Role.ADMINISTRATOR);
    Operator never = create("never-came", Role.ADMINISTRATOR);

    refused("operator.last-administrator", () -> operators.disable(ANN, ann.id()));
    refused("operator.last-administrator", () -> operators.changeRole(ANN, ann.id(), Role.AUDITOR));

    passwords.set(ANN, never.id(), LONG.toCharArray());
    operators.disable(ANN, ann.id());
    refused("operator.last-administrator", () -> operators.disable(ANN, never.id()));
  }

  @Test
  void removesAnOperatorWithAllWaysInAndKeepsTheNameInTheAuditLog() {
    Operator bob = createWithPassword("bob", Role.OPERATOR);
    char[] link = setUps.issue(ANN, bob.id()).text();

    operators.remove(ANN, bob.id());

    assertThat(operators.find(bob.id())).isEmpty();
    assertThat(signIn("bob", LONG.toCharArray())).isEmpty();
    refused("operator.set-up-link", () -> setUps.owner(link));
    assertThat(audited()).contains("ann operator.removed bob");
    assertThat(create("bob", Role.AUDITOR).id()).isNotEqualTo(bob.id());
  }

  @Test
  void removesNeitherTheLastAdministratorNorOneself() {
    Operator ann = createWithPassword("ann", Role.ADMINISTRATOR);
    Actor token = Actor.token(ann.id(), "ann");

    refused("operator.oneself", () -> operators.remove(ann.actor(), ann.id()));
    refused("operator.last-administrator", () -> operators.remove(token, ann.id()));

    createWithPassword("eve", Role.ADMINISTRATOR);
    operators.remove(token, ann.id());
    assertThat(operators.hasAdministrator()).isTrue();
  }

  @Test
  void endsSessionsWhenTheyMustNotGoOn() {
    Operator ann = createWithPassword("ann", Role.OPERATOR);
    var begun = core.clock().instant();
    core.clock().advance(Duration.ofMinutes(1));
    assertThat(operators.get(ann.id()).accepts(begun)).isTrue();

    passwords.change(ANN, ann.id(), LONG.toCharArray(), "quite other words then".toCharArray());
    assertThat(operators.get(ann.id()).accepts(begun)).isFalse();
    assertThat(operators.get(ann.id()).accepts(core.clock().instant())).isTrue();

    var later = core.clock().instant();
    core.clock().advance(Duration.ofMinutes(1));
    operators.disable(ANN, ann.id());
    operators.enable(ANN, ann.id());
    assertThat(operators.get(ann.id()).accepts(later)).isFalse();
  }

  @Test
  void changesNoPasswordForWhoDoesNotKnowIt() {
    Operator ann = createWithPassword("ann", Role.OPERATOR);

    refused(
        "operator.password-wrong",
        () -> passwords.change(ANN, ann.id(), "guess".toCharArray(), LONG.toCharArray()));
    refused(
        "operator.password-wrong",
        () -> passwords.change(ANN, ann.id(), new char[0], LONG.toCharArray()));
    refused("operator.last-way-in", () -> passwords.remove(ANN, ann.id()));
  }

  @Test
  void refusesPasswordsThatAreEasyToGuess() {
    Operator ann = create("annabel", Role.OPERATOR);

    for (String bad :
        List.of("eleven char", "aaaaaaaaaaaaaaaaaaaa", "ANNABEL and more", "x".repeat(129))) {
      refused("operator.password", () -> passwords.set(ANN, ann.id(), bad.toCharArray()));
    }
  }

  @Test
  void storesNoPasswordThatCanBeRead() throws Exception {
    Operator ann = createWithPassword("ann", Role.OPERATOR);

    core.inTransaction(
        () -> {
          Object stored =
              core.entities()
                  .createNativeQuery("select password from operator_account where id = ?")
                  .setParameter(1, ann.id())
                  .getSingleResult();
          assertThat(stored.toString()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
          return null;
        });
  }

  @Test
  void refusesALoginThatIsTakenOrCannotBeTold() {
    create("ann", Role.OPERATOR);

    refused("operator.login-taken", () -> create("ANN", Role.AUDITOR));
    for (String login : List.of("", " ", "a b", "ä", "<b>", "a".repeat(65), "-x")) {
      refused("operator.names", () -> new NewOperator(login, "Name", Role.AUDITOR));
    }
    refused("operator.names", () -> new NewOperator("bob", "two\nlines", Role.AUDITOR));
  }

  @Test
  void followsTheOpenIdProviderAtEachSignIn() {
    String identity = "https://idp.example.org 00u1";
    Operator made =
        signIns.withIdentity(identity, new NewOperator("ann@example.org", "Ann", Role.OPERATOR));
    Operator again =
        signIns.withIdentity(
            identity, new NewOperator("renamed@example.org", "Ann Archer", Role.AUDITOR));

    assertThat(again.id()).isEqualTo(made.id());
    assertThat(operators.get(made.id()).role()).isEqualTo(Role.AUDITOR);
    assertThat(operators.get(made.id()).name()).isEqualTo("Ann Archer");
    assertThat(operators.get(made.id()).login()).isEqualTo("ann@example.org");
    refused("operator.external", () -> operators.changeRole(ANN, made.id(), Role.OPERATOR));
    refused("operator.no-set-up", () -> setUps.issue(ANN, made.id()));
  }

  @Test
  void keepsOutWhomTheOpenIdProviderSendsAndWeHaveDisabled() {
    String identity = "https://idp.example.org 00u1";
    NewOperator says = new NewOperator("ann@example.org", "Ann", Role.OPERATOR);
    operators.disable(ANN, signIns.withIdentity(identity, says).id());

    refused("operator.disabled", () -> signIns.withIdentity(identity, says));
  }

  @Test
  void joinsNoLocalAccountWithOneOfTheOpenIdProvider() {
    createWithPassword("ann", Role.OPERATOR);

    refused(
        "operator.login-taken",
        () ->
            signIns.withIdentity(
                "https://idp.example.org 00u1", new NewOperator("ann", "Ann", Role.ADMINISTRATOR)));
  }

  @Test
  void writesDownWhoSignedInAndWhoTriedInVain() {
    Operator ann = createWithPassword("ann", Role.OPERATOR);

    signIns.succeeded(ann, "password", "192.0.2.1");
    signIns.failed("Ann", "password", "192.0.2.2");
    signIns.failed("secret typed into the wrong field", "password", "192.0.2.2");

    assertThat(operators.get(ann.id()).lastSignIn()).contains(core.clock().instant());
    assertThat(audited())
        .contains("ann operator.signed-in ann", "system operator.sign-in-failed ann")
        .noneMatch(entry -> entry.contains("wrong field"));
    assertThat(audited()).filteredOn(it -> it.contains("operator.sign-in-failed")).hasSize(2);
  }
}
