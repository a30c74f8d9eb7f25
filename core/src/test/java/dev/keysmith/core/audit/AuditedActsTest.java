package dev.keysmith.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.access.Caller;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.activation.ActivationCodes;
import dev.keysmith.core.activation.IssuedCode;
import dev.keysmith.core.activation.Redemptions;
import dev.keysmith.core.apitoken.ApiTokens;
import dev.keysmith.core.apitoken.NewApiToken;
import dev.keysmith.core.bulk.Assignments;
import dev.keysmith.core.bulk.UserSelection;
import dev.keysmith.core.custody.ErasedKey;
import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.imports.ImportPlan;
import dev.keysmith.core.imports.Imports;
import dev.keysmith.core.key.KnownPins;
import dev.keysmith.core.key.PinUse;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.operator.NewOperator;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.Operators;
import dev.keysmith.core.operator.Passwords;
import dev.keysmith.core.operator.SetUpNames;
import dev.keysmith.core.operator.SetUps;
import dev.keysmith.core.operator.SignIns;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.pin.PinAttempts;
import dev.keysmith.core.pin.RandomPins;
import dev.keysmith.core.secret.Secrets;
import dev.keysmith.core.session.Desk;
import dev.keysmith.core.workflow.Trigger;
import dev.keysmith.core.workflow.Workflow;
import dev.keysmith.core.workflow.WorkflowApplications;
import dev.keysmith.core.workflow.Workflows;
import dev.keysmith.spi.key.KeyDescriptor;
import jakarta.enterprise.context.control.RequestContextController;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every act that changes something says who did what, to whom, when and from where. */
class AuditedActsTest {

  private static final Actor ANN = Actor.operator(1, "ann");
  private static final String ADDRESS = "192.0.2.7";
  private static final String WORDS = "several words are good";

  @RegisterExtension final Core core = new Core();

  private final RequestContextController request = core.get(RequestContextController.class);

  private Desk desk;
  private Operator bob;
  private Workflow workflow;

  /**
   * An act and the entry that it leaves.
   *
   * @param entry actor, action, subject
   */
  record Act(String entry, Consumer<AuditedActsTest> does) {
    @Override
    public String toString() {
      return entry;
    }
  }

  @BeforeEach
  void prepare() {
    desk = new Desk(core, "u1");
    bob = get(Operators.class).create(ANN, new NewOperator("bob", "Bob", Role.OPERATOR));
    get(Passwords.class).set(ANN, bob.id(), WORDS.toCharArray());
    workflow = get(Workflows.class).define(ANN, definition("Everybody"));
    core.clock().advance(java.time.Duration.ofMinutes(1));
    request.activate();
    get(Caller.class).comesFrom(ADDRESS);
  }

  @AfterEach
  void end() {
    request.deactivate();
  }

  static Stream<Act> acts() {
    return Stream.of(
        act("OPERATOR ann, operator.created, operator carl", it -> it.create("carl")),
        act(
            "OPERATOR ann, operator.role-changed, operator bob",
            it -> it.get(Operators.class).changeRole(ANN, it.bob.id(), Role.AUDITOR)),
        act(
            "OPERATOR ann, operator.disabled, operator bob",
            it -> it.get(Operators.class).disable(ANN, it.bob.id())),
        act(
            "OPERATOR ann, operator.sessions-ended, operator bob",
            it -> it.get(Operators.class).endSessions(ANN, it.bob.id())),
        act(
            "OPERATOR ann, operator.set-up-link-issued, operator bob",
            it -> it.get(SetUps.class).issue(ANN, it.bob.id())),
        act("OPERATOR bob, operator.set-up, operator bob", AuditedActsTest::setUp),
        act("OPERATOR bob, operator.password-set, operator bob", AuditedActsTest::setUp),
        act(
            "OPERATOR bob, operator.signed-in, operator bob",
            it -> it.get(SignIns.class).succeeded(it.bob, "password", ADDRESS)),
        act(
            "SYSTEM system, operator.sign-in-failed, operator bob",
            it -> it.get(SignIns.class).failed("bob", "password", ADDRESS)),
        act(
            "OPERATOR bob, operator.signed-out, operator bob",
            it -> it.get(SignIns.class).signedOut(Actor.operator(2, "bob"), it.bob.id())),
        act(
            "OPERATOR ann, token.created, token ci",
            it -> it.get(ApiTokens.class).create(ANN, new NewApiToken("ci", Role.OPERATOR, null))),
        act("OPERATOR ann, activation-code.issued, user u1@example.org", it -> it.issue()),
        act(
            "OPERATOR ann, activation-code.revoked, user u1@example.org",
            AuditedActsTest::revokeCode),
        act(
            "OWNER u1@example.org, activation-code.redeemed, user u1@example.org",
            it -> it.redeem(it.issue())),
        act(
            "SYSTEM system, activation-code.refused, user u1@example.org",
            AuditedActsTest::mistypeCode),
        act("OPERATOR ann, import.started, import ", AuditedActsTest::importList),
        act("OPERATOR ann, import.cancelled, import ", AuditedActsTest::cancelImport),
        act("OPERATOR ann, import.continued, import ", AuditedActsTest::continueImport),
        act(
            "OPERATOR ann, workflow.defined, workflow Other",
            it -> it.get(Workflows.class).define(ANN, it.definition("Other"))),
        act(
            "OPERATOR ann, workflow.changed, workflow New name",
            it ->
                it.get(Workflows.class).redefine(ANN, it.workflow.id(), it.definition("New name"))),
        act(
            "OPERATOR ann, workflow.applied, workflow Everybody",
            it -> it.get(WorkflowApplications.class).start(ANN, it.workflow.id())),
        act(
            "OPERATOR ann, workflow.removed, workflow Everybody",
            it -> it.get(Workflows.class).remove(ANN, it.workflow.id())),
        act(
            "OPERATOR ann, assignment.started, assignment ",
            it -> it.get(Assignments.class).start(ANN, UserSelection.matching(Map.of()))),
        act(
            "OPERATOR ann, key.pin-shown, user u1@example.org",
            it -> it.get(RandomPins.class).show(ANN, it.keepPin())),
        act(
            "SYSTEM system, key.pin-expired, user u1@example.org",
            it -> {
              it.keepPin();
              it.core.deliverAfter(java.time.Duration.ofHours(1));
            }),
        act(
            "OPERATOR ann, key.pin-change-demanded, key A key",
            it -> it.get(KnownPins.class).changeDemanded(ANN, it.knownKey())),
        act(
            "OPERATOR ann, key.pin-refused, key A key",
            it ->
                it.get(PinAttempts.class)
                    .record(
                        new PinAttempts.Attempt(ANN, Optional.empty(), Optional.empty()),
                        new PluggedKey(
                            "usb", new KeyDescriptor("1", "A key", "port 1", Optional.empty())),
                        new PinUse(PinUse.Kind.REFUSED, Optional.of(7)))),
        act(
            "OPERATOR ann, key.reset, key A key · 0815",
            it -> it.get(KeyLifecycle.class).erased(ANN, unknownKey())),
        act(
            "OPERATOR ann, master-key.rotated, master-key",
            it -> it.get(Secrets.class).rotate(ANN)),
        act(
            "OPERATOR ann, audit.exported, audit ",
            it ->
                it.get(AuditExport.class)
                    .csv(ANN, Map.of("action", "operator."), Writer.nullWriter())),
        act(
            "OPERATOR ann, audit.exported, audit ",
            it -> it.get(AuditExport.class).jsonLines(ANN, Map.of(), Writer.nullWriter())));
  }

  private static Act act(String entry, Consumer<AuditedActsTest> does) {
    return new Act(entry, does);
  }

  @ParameterizedTest
  @MethodSource("acts")
  void saysWhoDidWhatToWhomWhenAndFromWhere(Act act) {
    act.does().accept(this);

    assertThat(entries())
        .filteredOn(entry -> text(entry).startsWith(act.entry()))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.at()).isEqualTo(core.clock().instant());
              assertThat(entry.details()).containsEntry("address", ADDRESS);
              assertThat(entry.details().toString()).doesNotContain(WORDS);
            });
  }

  private static String text(AuditEntry entry) {
    return "%s %s, %s, %s %s"
        .formatted(
            entry.by().kind(),
            entry.by().name(),
            entry.action(),
            entry.subject().type(),
            entry.subject().label());
  }

  /** Those since the preparation. */
  private List<AuditEntry> entries() {
    return get(Audit.class)
        .list(new PageRequest(0, 100, "", Map.of("from", core.clock().instant().toString())))
        .items();
  }

  private <T> T get(Class<T> type) {
    return core.get(type);
  }

  private static ErasedKey unknownKey() {
    KeyDescriptor plugged = new KeyDescriptor("1", "A key", "Port 1", Optional.of("0815"));
    return new ErasedKey(plugged, Optional.empty(), ErasedKey.Evidence.NONE, List.of());
  }

  private Operator create(String login) {
    return get(Operators.class).create(ANN, new NewOperator(login, login, Role.OPERATOR));
  }

  private void setUp() {
    char[] link = get(SetUps.class).issue(ANN, bob.id()).text();
    get(SetUps.class).setPassword(link, new SetUpNames("bob", "Bob"), WORDS.toCharArray());
  }

  private long knownKey() {
    SecurityKey.Facts facts =
        new SecurityKey.Facts(new UUID(1, 2), "A key", Optional.empty(), Optional.empty());
    return get(KnownPins.class).expect(ANN, Optional.empty(), facts, desk.user("u1").id());
  }

  private long keepPin() {
    RandomPins.Origin origin = new RandomPins.Origin(knownKey(), desk.user("u1").id(), "session");
    return get(RandomPins.class).keep(ANN, origin, "482913".toCharArray());
  }

  private String issue() {
    try (IssuedCode issued = get(ActivationCodes.class).issue(ANN, desk.user("u1").id(), false)) {
      return new String(issued.text());
    }
  }

  private void revokeCode() {
    issue();
    ActivationCodes codes = get(ActivationCodes.class);
    codes.revoke(ANN, codes.list(PageRequest.first()).items().get(0).id());
  }

  private void redeem(String code) {
    get(Redemptions.class).redeem(code.toCharArray(), ADDRESS);
  }

  private void mistypeCode() {
    String code = issue();
    char last = code.charAt(code.length() - 1);
    String wrong = code.substring(0, code.length() - 1) + (last == 'X' ? 'Y' : 'X');
    assertThatThrownBy(() -> redeem(wrong)).hasMessageContaining("activation.code");
  }

  private long importList() {
    return get(Imports.class)
        .startListed(
            ANN, desk.integrationId(), ImportPlan.Mode.NEW_AND_UPDATE, "login\nu1".getBytes())
        .id();
  }

  private void cancelImport() {
    get(Imports.class).cancel(ANN, importList());
  }

  private void continueImport() {
    ImportPlan ofNobody = ImportPlan.groups(List.of("none"), ImportPlan.Mode.NEW_ONLY);
    long id = get(Imports.class).start(ANN, desk.integrationId(), ofNobody).id();
    core.deliver();
    get(Imports.class).goOn(ANN, id);
  }

  private Workflow.Definition definition(String name) {
    return new Workflow.Definition(
        name, desk.integrationId(), Trigger.NEW_SECURITY_KEY_ACTIVATED, Set.of(), true);
  }
}
