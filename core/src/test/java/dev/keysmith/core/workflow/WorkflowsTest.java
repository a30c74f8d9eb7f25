package dev.keysmith.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKeyActivated;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.PasskeyMessage;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.Desk;
import dev.keysmith.core.workflow.WorkflowRun.Decision;
import dev.keysmith.testing.key.VirtualKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkflowsTest {

  @RegisterExtension final Core core = new Core();

  @Test
  void assignsAPasskeyToWhoeverIsImportedFromNowOn() {
    Desk desk = new Desk(core, "known");
    long workflowId = define(desk, Trigger.NEW_USER_IMPORTED, Set.of());
    desk.provider().user("new");

    desk.importAll();
    desk.importAll();

    assertThat(runs(workflowId))
        .singleElement()
        .matches(run -> run.decision() == Decision.ASSIGNED)
        .matches(run -> run.userId() == desk.user("new").id())
        .matches(run -> run.cause().startsWith("import:"));
    assertThat(passkeys(desk, "new")).hasSize(1);
    assertThat(passkeys(desk, "new").get(0).assignedBy()).isEqualTo("For all");
    assertThat(passkeys(desk, "known")).isEmpty();
  }

  @Test
  void passesOverWhoeverIsInNoneOfItsGroupsAndSaysSo() {
    Desk desk = new Desk(core);
    desk.provider().user("staff");
    desk.provider().hire("staff");
    long groupId = desk.importStaff();
    long workflowId = define(desk, Trigger.NEW_USER_IMPORTED, Set.of(groupId));
    desk.provider().user("newStaff");
    desk.provider().hire("newStaff");
    desk.provider().user("guest");

    desk.importAll();

    assertThat(runs(workflowId))
        .extracting(WorkflowRun::userId, WorkflowRun::reason)
        .containsExactlyInAnyOrder(
            tuple(desk.user("newStaff").id(), Message.of(PasskeyMessage.REASON_ASSIGNED)),
            tuple(desk.user("guest").id(), Message.of(WorkflowMessage.REASON_NO_GROUP)));
  }

  @Test
  void assignsOnePasskeyWhenAKeyIsActivatedHoweverOften() {
    Desk desk = new Desk(core, "u1");
    long workflowId = define(desk, Trigger.NEW_SECURITY_KEY_ACTIVATED, Set.of());
    PluggedKey first = desk.plug(VirtualKey.builder().build());
    PluggedKey second = desk.plug(VirtualKey.builder().build());

    desk.session("u1", first, "482913");
    desk.session("u1", first, "482913");
    desk.session("u1", second, "482913");

    assertThat(passkeys(desk, "u1"))
        .singleElement()
        .matches(passkey -> passkey.state() == Passkey.State.ACTIVE);
    assertThat(runs(workflowId))
        .extracting(WorkflowRun::reason)
        .containsExactly(
            Message.of(PasskeyMessage.REASON_ACTIVE), Message.of(PasskeyMessage.REASON_ASSIGNED));
  }

  @Test
  void decidesAboutNoKeyThatWasActivatedBeforeItWasDefinedOrSwitchedOn() {
    Desk desk = new Desk(core, "u1");
    long off = define(desk, Trigger.NEW_SECURITY_KEY_ACTIVATED, Set.of());
    Workflows workflows = core.get(Workflows.class);
    workflows.redefine(
        Desk.OPERATOR,
        off,
        definition("Off", desk, Trigger.NEW_SECURITY_KEY_ACTIVATED, Set.of(), false));
    desk.session("u1", desk.plug(VirtualKey.builder().build()), "482913");
    core.clock().advance(Duration.ofSeconds(1));
    long younger = define(desk, Trigger.NEW_SECURITY_KEY_ACTIVATED, Set.of());
    workflows.redefine(
        Desk.OPERATOR,
        off,
        definition("On", desk, Trigger.NEW_SECURITY_KEY_ACTIVATED, Set.of(), true));

    core.deliverAfter(Duration.ofMinutes(1));

    assertThat(core.queued()).isZero();
    assertThat(runs(younger)).isEmpty();
    assertThat(runs(off)).isEmpty();
    assertThat(passkeys(desk, "u1")).isEmpty();
  }

  @Test
  void decidesWhenTheEventComesAboutWhatHappenedAfterItWasDefined() {
    Desk desk = new Desk(core, "u1");
    long workflowId = define(desk, Trigger.NEW_SECURITY_KEY_ACTIVATED, Set.of());
    core.clock().advance(Duration.ofSeconds(1));
    Instant activated = core.clock().instant();
    core.clock().advance(Duration.ofSeconds(1));
    core.get(Workflows.class)
        .redefine(
            Desk.OPERATOR,
            workflowId,
            definition("Renamed", desk, Trigger.NEW_SECURITY_KEY_ACTIVATED, Set.of(), true));

    core.get(WorkflowTriggers.class)
        .onSecurityKeyActivated(
            new SecurityKeyActivated(1, desk.user("u1").id(), "1@then", activated));

    assertThat(runs(workflowId)).extracting(WorkflowRun::decision).containsOnly(Decision.ASSIGNED);
  }

  @Test
  void decidesOnceAboutOneCause() {
    Desk desk = new Desk(core, "u1");
    long workflowId = define(desk, Trigger.NEW_USER_IMPORTED, Set.of());
    long userId = desk.user("u1").id();

    core.get(Workflows.class).run(Trigger.NEW_USER_IMPORTED, userId, "import:1", null);
    core.get(Workflows.class).run(Trigger.NEW_USER_IMPORTED, userId, "import:1", null);
    core.get(Workflows.class).run(Trigger.NEW_USER_IMPORTED, userId, "import:2", null);

    assertThat(passkeys(desk, "u1")).hasSize(1);
    assertThat(runs(workflowId))
        .extracting(WorkflowRun::cause, WorkflowRun::decision)
        .containsExactlyInAnyOrder(
            tuple("import:1", Decision.ASSIGNED), tuple("import:2", Decision.SKIPPED));
  }

  @Test
  void doesNothingWhileItIsSwitchedOffOrAnotherTriggerIsPulled() {
    Desk desk = new Desk(core, "u1");
    long workflowId = define(desk, Trigger.NEW_USER_IMPORTED, Set.of());
    long userId = desk.user("u1").id();

    core.get(Workflows.class).run(Trigger.NEW_SECURITY_KEY_ACTIVATED, userId, "activation:1", null);
    core.get(Workflows.class)
        .redefine(
            Desk.OPERATOR,
            workflowId,
            definition("Off", desk, Trigger.NEW_USER_IMPORTED, Set.of(), false));
    core.get(Workflows.class).run(Trigger.NEW_USER_IMPORTED, userId, "import:1", null);

    assertThat(runs(workflowId)).isEmpty();
    assertThat(passkeys(desk, "u1")).isEmpty();
  }

  @Test
  void leavesTheUsersOfOtherIntegrationsAlone() {
    Desk desk = new Desk(core, "u1");
    Desk other = new Desk(core, "u1");
    long workflowId = define(desk, Trigger.NEW_USER_IMPORTED, Set.of());

    core.get(Workflows.class)
        .run(Trigger.NEW_USER_IMPORTED, other.user("u1").id(), "import:1", null);

    assertThat(runs(workflowId))
        .extracting(WorkflowRun::reason)
        .containsExactly(Message.of(WorkflowMessage.REASON_FOREIGN));
  }

  @Test
  void refusesWhatCannotWorkAndNamesEachField() {
    Desk desk = new Desk(core, "u1");
    desk.provider().hire("u1");
    Desk other = new Desk(core);
    long foreign = desk.importStaff();
    define(other, Trigger.NEW_USER_IMPORTED, Set.of());

    assertThat(wrong(definition("", other, Trigger.NEW_USER_IMPORTED, Set.of(foreign), true)))
        .containsOnlyKeys("name", "groupIds");
    assertThat(wrong(definition("For all", other, Trigger.NEW_USER_IMPORTED, Set.of(), true)))
        .containsEntry("name", Message.of(WorkflowMessage.FIELD_NAME_TAKEN));
    assertThat(wrong(definition("A", other, Trigger.NEW_USER_IMPORTED, Set.of(1L), true)))
        .containsEntry("groupIds", Message.of(WorkflowMessage.FIELD_NO_GROUP, "1"));
    assertThat(wrong(new Workflow.Definition("A", 1L, Trigger.NEW_USER_IMPORTED, Set.of(), true)))
        .containsOnlyKeys("integrationId");
  }

  @Test
  void takesItsRunLogWithItAndLeavesThePasskeys() {
    Desk desk = new Desk(core, "u1");
    long workflowId = define(desk, Trigger.NEW_USER_IMPORTED, Set.of());
    core.get(Workflows.class)
        .run(Trigger.NEW_USER_IMPORTED, desk.user("u1").id(), "import:1", null);

    core.get(Workflows.class).remove(Desk.OPERATOR, workflowId);

    assertThat(runs(workflowId)).isEmpty();
    assertThat(core.get(Workflows.class).list()).isEmpty();
    assertThat(passkeys(desk, "u1")).hasSize(1);
  }

  private Map<String, Message> wrong(Workflow.Definition definition) {
    var problem =
        assertThatThrownBy(() -> core.get(Workflows.class).define(Desk.OPERATOR, definition))
            .asInstanceOf(type(ProblemException.class));
    return problem.actual().fields();
  }

  private long define(Desk desk, Trigger trigger, Set<Long> groupIds) {
    return core.get(Workflows.class)
        .define(Desk.OPERATOR, definition("For all", desk, trigger, groupIds, true))
        .id();
  }

  private static Workflow.Definition definition(
      String name, Desk desk, Trigger trigger, Set<Long> groupIds, boolean enabled) {
    return new Workflow.Definition(name, desk.integrationId(), trigger, groupIds, enabled);
  }

  private List<WorkflowRun> runs(long workflowId) {
    return core.get(Workflows.class)
        .runs(PageRequest.first().with("workflow", Long.toString(workflowId)))
        .items();
  }

  private List<Passkey> passkeys(Desk desk, String externalId) {
    return core.get(Passkeys.class)
        .list(PageRequest.first().with("user", Long.toString(desk.user(externalId).id())))
        .items();
  }
}
