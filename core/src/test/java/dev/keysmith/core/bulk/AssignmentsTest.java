package dev.keysmith.core.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.event.DeadLetter;
import dev.keysmith.core.event.DeadLetters;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.PasskeyMessage;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.session.Desk;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AssignmentsTest {

  @RegisterExtension final Core core = new Core();

  @Test
  void assignsInSeveralStepsAndSaysForEachUserWhatItDid() {
    Desk desk =
        new Desk(
            core,
            IntStream.range(0, 230).mapToObj(n -> "u%03d".formatted(n)).toArray(String[]::new));
    long already = desk.assign("u007");

    AssignmentRun started =
        core.get(Assignments.class).start(Desk.OPERATOR, UserSelection.matching(Map.of()));
    core.deliver();

    AssignmentRun run = core.get(Assignments.class).find(started.id());
    assertThat(run.state()).isEqualTo(BulkRun.State.DONE);
    assertThat(run.total()).isEqualTo(230);
    assertThat(run.assigned()).isEqualTo(229);
    assertThat(run.skipped()).isEqualTo(1);
    assertThat(decisions(run, "false"))
        .singleElement()
        .matches(decision -> decision.userId() == desk.user("u007").id())
        .matches(decision -> decision.reason().is(PasskeyMessage.REASON_PROMISED));
    assertThat(core.get(Passkeys.class).find(already).assignedBy()).isEqualTo("desk");
    assertThat(core.get(Passkeys.class).count(PageRequest.first().with("state", "ASSIGNED")))
        .isEqualTo(230);
  }

  @Test
  void doesNothingTwiceWhenAStepIsDeliveredAgain() {
    Desk desk = new Desk(core, "u1", "u2");
    AssignmentRun run =
        core.get(Assignments.class)
            .start(
                Desk.OPERATOR,
                UserSelection.of(Set.of(desk.user("u1").id(), desk.user("u2").id())));
    core.deliver();
    core.get(Assignments.class).onContinued(new AssignmentContinued(run.id(), 0));

    assertThat(decisions(run, "true")).hasSize(2);
    assertThat(core.get(Assignments.class).find(run.id()).assigned()).isEqualTo(2);
  }

  @Test
  void takesThoseWhoPassFiltersOnly() {
    Desk desk = new Desk(core, "anna", "berta");
    core.get(Assignments.class)
        .start(Desk.OPERATOR, UserSelection.matching(Map.of("text", "ann", "passkey", "NONE")));
    core.deliver();

    assertThat(passkeysOf(desk.user("anna"))).hasSize(1);
    assertThat(passkeysOf(desk.user("berta"))).isEmpty();
  }

  @Test
  void endsWhenItIsCancelledAndKeepsWhatWasAssigned() {
    Desk desk = new Desk(core, "u1");
    AssignmentRun run =
        core.get(Assignments.class).start(Desk.OPERATOR, UserSelection.matching(Map.of()));
    core.get(Assignments.class).cancel(Desk.OPERATOR, run.id());
    core.deliver();

    assertThat(core.get(Assignments.class).find(run.id()).state())
        .isEqualTo(BulkRun.State.CANCELLED);
    assertThat(passkeysOf(desk.user("u1"))).isEmpty();
  }

  @Test
  void failsWhenItIsGivenUpAndGoesOnWhenItsEventIsRetried() throws Exception {
    Desk desk = new Desk(core, "u1");
    setStatus("BROKEN");
    AssignmentRun run =
        core.get(Assignments.class).start(Desk.OPERATOR, UserSelection.matching(Map.of()));
    core.deliverUntilGivenUp();

    AssignmentRun failed = core.get(Assignments.class).find(run.id());
    assertThat(failed.state()).isEqualTo(BulkRun.State.FAILED);
    assertThat(failed.failure()).get().asString().isNotBlank();
    assertThat(failed.ended()).isPresent();
    assertThat(core.get(Assignments.class).cancel(Desk.OPERATOR, run.id()).state())
        .isEqualTo(BulkRun.State.FAILED);

    setStatus("ACTIVE");
    DeadLetter letter = core.get(DeadLetters.class).list(PageRequest.first()).items().get(0);
    core.get(DeadLetters.class).retry(Desk.OPERATOR, letter.id());
    assertThat(core.get(Assignments.class).find(run.id()).state()).isEqualTo(BulkRun.State.RUNNING);
    core.deliver();

    AssignmentRun done = core.get(Assignments.class).find(run.id());
    assertThat(done.state()).isEqualTo(BulkRun.State.DONE);
    assertThat(done.failure()).isEmpty();
    assertThat(passkeysOf(desk.user("u1"))).hasSize(1);
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
  void refusesWhomItDoesNotKnowBeforeItBegins() {
    new Desk(core, "u1");

    assertThatThrownBy(
            () -> core.get(Assignments.class).start(Desk.OPERATOR, UserSelection.of(Set.of(1L))))
        .hasMessageContaining("user.unknown {id=1}");
    assertThatThrownBy(
            () ->
                core.get(Assignments.class)
                    .start(Desk.OPERATOR, UserSelection.matching(Map.of("shoe", "42"))))
        .hasMessageContaining("shoe");
    assertThat(core.get(Assignments.class).list(PageRequest.first()).total()).isZero();
  }

  @Test
  void tellsWhatUsersHave() {
    Desk desk = new Desk(core, "u1", "u2");
    desk.assign("u1");
    User one = desk.user("u1");
    User other = desk.user("u2");

    Map<Long, UserHoldings.Holding> held =
        core.get(UserHoldings.class).holdings(List.of(one.id(), other.id()));

    assertThat(held.get(one.id()).passkeys()).containsExactly(Passkey.State.ASSIGNED);
    assertThat(held.get(other.id()).passkeys()).isEmpty();
    assertThat(core.get(Users.class).list(PageRequest.first()).total()).isEqualTo(2);
    assertThat(
            core.get(UserHoldings.class).list(PageRequest.first().with("passkey", "NONE")).items())
        .extracting(User::id)
        .containsExactly(other.id());
  }

  private List<AssignmentDecision> decisions(AssignmentRun run, String assigned) {
    return core.get(Assignments.class)
        .decisions(run.id(), PageRequest.first().with("assigned", assigned))
        .items();
  }

  private List<Passkey> passkeysOf(User user) {
    return core.get(Passkeys.class)
        .list(PageRequest.first().with("user", Long.toString(user.id())))
        .items();
  }
}
