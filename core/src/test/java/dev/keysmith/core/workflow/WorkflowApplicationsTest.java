package dev.keysmith.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.keysmith.core.bulk.BulkRun;
import dev.keysmith.core.event.DeadLetters;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.PasskeyMessage;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.session.Desk;
import dev.keysmith.core.workflow.WorkflowPreviews.Foreseen;
import dev.keysmith.core.workflow.WorkflowPreviews.Preview;
import dev.keysmith.core.workflow.WorkflowRun.Decision;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkflowApplicationsTest {

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private long groupId;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "guest", "hired", "holder");
    desk.provider().hire("hired");
    desk.provider().hire("holder");
    groupId = desk.importStaff();
    desk.assign("holder");
  }

  @Test
  void foretellsADraftAndChangesNothing() {
    Preview preview =
        core.get(WorkflowPreviews.class)
            .preview(desk.integrationId(), Set.of(groupId), PageRequest.first());

    assertThat(preview.assigned()).isEqualTo(1);
    assertThat(preview.users().items())
        .extracting(Foreseen::login, Foreseen::decision, Foreseen::reason)
        .containsExactly(
            tuple(
                "guest@example.org", Decision.SKIPPED, Message.of(WorkflowMessage.REASON_NO_GROUP)),
            tuple(
                "hired@example.org",
                Decision.ASSIGNED,
                Message.of(WorkflowMessage.REASON_GETS_ONE)),
            tuple(
                "holder@example.org",
                Decision.SKIPPED,
                Message.of(PasskeyMessage.REASON_PROMISED)));
    assertThat(core.get(Workflows.class).runs(PageRequest.first()).total()).isZero();
  }

  @Test
  void listsThoseAloneAboutWhomItWouldDecideInOneWay() {
    WorkflowPreviews previews = core.get(WorkflowPreviews.class);
    Set<Long> staff = Set.of(groupId);

    assertThat(
            previews
                .preview(
                    desk.integrationId(), staff, PageRequest.first().with("decision", "ASSIGNED"))
                .users()
                .items())
        .extracting(Foreseen::login)
        .containsExactly("hired@example.org");
    assertThat(
            previews
                .preview(
                    desk.integrationId(), staff, PageRequest.first().with("decision", "SKIPPED"))
                .users()
                .total())
        .isEqualTo(2);
    assertThat(previews.preview(desk.integrationId(), Set.of(), PageRequest.first()).assigned())
        .isEqualTo(2);
    assertThatThrownBy(() -> previews.preview(1, Set.of(), PageRequest.first()))
        .hasMessageContaining("integration.unknown");
  }

  @Test
  void doesWhatWasForetoldAndLogsEachDecision() {
    long workflowId = define(true);
    Preview preview =
        core.get(WorkflowPreviews.class)
            .preview(desk.integrationId(), Set.of(groupId), PageRequest.first());

    WorkflowApplication application =
        core.get(WorkflowApplications.class).start(Desk.OPERATOR, workflowId);
    core.deliver();

    WorkflowApplication done = core.get(WorkflowApplications.class).find(application.id());
    assertThat(done.state()).isEqualTo(BulkRun.State.DONE);
    assertThat(done.assigned()).isEqualTo((int) preview.assigned());
    List<WorkflowRun> runs =
        core.get(Workflows.class)
            .runs(PageRequest.first().with("cause", application.cause()))
            .items();
    assertThat(runs).hasSize(3);
    assertThat(runs)
        .filteredOn(run -> run.decision() == Decision.ASSIGNED)
        .extracting(WorkflowRun::userId)
        .containsExactly(desk.user("hired").id());
    core.get(WorkflowApplications.class)
        .onContinued(new WorkflowApplicationContinued(application.id(), 0));
    assertThat(core.get(Workflows.class).runs(PageRequest.first()).total()).isEqualTo(3);
    core.get(Workflows.class).remove(Desk.OPERATOR, workflowId);
    assertThat(core.get(WorkflowApplications.class).list(PageRequest.first()).total()).isZero();
  }

  @Test
  void isAppliedOnceAtATimeAndOnlyWhileItIsSwitchedOn() {
    long off = define(false);
    assertThatThrownBy(() -> core.get(WorkflowApplications.class).start(Desk.OPERATOR, off))
        .hasMessageContaining("workflow.disabled");
    core.get(Workflows.class).remove(Desk.OPERATOR, off);
    long on = define(true);
    WorkflowApplication first = core.get(WorkflowApplications.class).start(Desk.OPERATOR, on);

    assertThatThrownBy(() -> core.get(WorkflowApplications.class).start(Desk.OPERATOR, on))
        .hasMessageContaining("workflow.being-applied");
    core.get(WorkflowApplications.class).cancel(Desk.OPERATOR, first.id());
    core.deliver();

    assertThat(core.get(Workflows.class).runs(PageRequest.first()).total()).isZero();
    core.get(WorkflowApplications.class).start(Desk.OPERATOR, on);
  }

  @Test
  void failsWhenItIsGivenUpAndGoesOnWhenItsEventIsRetried() throws Exception {
    WorkflowApplications applications = core.get(WorkflowApplications.class);
    DeadLetters events = core.get(DeadLetters.class);
    long id = define(true);
    setStatus("BROKEN");
    WorkflowApplication given = applications.start(Desk.OPERATOR, id);
    core.deliverUntilGivenUp();
    assertThat(applications.find(given.id()).state()).isEqualTo(BulkRun.State.FAILED);
    assertThat(applications.find(given.id()).failure()).get().asString().isNotBlank();

    setStatus("ACTIVE");
    String letter = events.list(PageRequest.first()).items().get(0).id();
    WorkflowApplication other = applications.start(Desk.OPERATOR, id);
    assertThatThrownBy(() -> events.retry(Desk.OPERATOR, letter))
        .hasMessageContaining("workflow.being-applied");
    applications.cancel(Desk.OPERATOR, other.id());
    events.retry(Desk.OPERATOR, letter);
    core.deliver();

    WorkflowApplication done = applications.find(given.id());
    assertThat(done.state()).isEqualTo(BulkRun.State.DONE);
    assertThat(done.failure()).isEmpty();
    assertThat(done.assigned()).isEqualTo(1);
    assertThat(applications.find(other.id()).state()).isEqualTo(BulkRun.State.CANCELLED);
  }

  /** Past the server, which knows no such status as a broken one. */
  private void setStatus(String status) throws Exception {
    core.inTransaction(
        () ->
            core.entities()
                .createNativeQuery("update directory_user set status = ?1")
                .setParameter(1, status)
                .executeUpdate());
  }

  @Test
  void stopsWhenItsWorkflowIsSwitchedOff() {
    long id = define(true);
    WorkflowApplication running = core.get(WorkflowApplications.class).start(Desk.OPERATOR, id);
    Workflow workflow = core.get(Workflows.class).find(id);
    core.get(Workflows.class)
        .redefine(
            Desk.OPERATOR,
            id,
            new Workflow.Definition(
                workflow.name(),
                workflow.integrationId(),
                workflow.trigger(),
                workflow.groupIds(),
                false));
    core.deliver();

    assertThat(core.get(WorkflowApplications.class).find(running.id()).state())
        .isEqualTo(BulkRun.State.CANCELLED);
    assertThat(core.get(Workflows.class).runs(PageRequest.first()).total()).isZero();
  }

  @Test
  void stopsWhenItsWorkflowIsRemoved() {
    long id = define(true);
    core.get(WorkflowApplications.class).start(Desk.OPERATOR, id);
    core.get(Workflows.class).remove(Desk.OPERATOR, id);
    core.deliver();

    assertThat(core.get(WorkflowApplications.class).list(PageRequest.first()).total()).isZero();
    assertThat(core.get(Passkeys.class).present(desk.user("hired").id(), desk.integrationId()))
        .isEmpty();
    assertThat(core.queued()).isZero();
  }

  @Test
  void walksThroughMoreUsersThanOneStepTakes() {
    IntStream.range(0, 150).forEach(number -> desk.provider().user("more" + number));
    desk.importAll();
    long workflowId =
        core.get(Workflows.class)
            .define(
                Desk.OPERATOR,
                new Workflow.Definition(
                    "Everybody",
                    desk.integrationId(),
                    Trigger.NEW_SECURITY_KEY_ACTIVATED,
                    Set.of(),
                    true))
            .id();

    WorkflowApplication application =
        core.get(WorkflowApplications.class).start(Desk.OPERATOR, workflowId);
    core.deliver();

    WorkflowApplication done = core.get(WorkflowApplications.class).find(application.id());
    assertThat(done.assigned()).isEqualTo(152);
    assertThat(done.skipped()).isEqualTo(1);
  }

  private long define(boolean enabled) {
    return core.get(Workflows.class)
        .define(
            Desk.OPERATOR,
            new Workflow.Definition(
                "Staff",
                desk.integrationId(),
                Trigger.NEW_SECURITY_KEY_ACTIVATED,
                Set.of(groupId),
                enabled))
        .id();
  }
}
