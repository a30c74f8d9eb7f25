package dev.keysmith.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.harness.Core;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import jakarta.transaction.TransactionalException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {

  private static final Subject ANN = Subject.of("user", 17, "ann@example.org");

  @RegisterExtension final Core core = new Core();

  private final Audit audit = core.get(Audit.class);

  private void record(Actor by, String action, Subject subject, Map<String, String> details)
      throws Exception {
    core.inTransaction(
        () -> {
          audit.record(by, action, subject, details);
          return null;
        });
    core.clock().advance(Duration.ofMinutes(1));
  }

  private List<String> actions(PageRequest request) {
    return audit.list(request).items().stream().map(AuditEntry::action).toList();
  }

  @Test
  void keepsWhoDidWhatToWhomAndWhen() throws Exception {
    var at = core.clock().instant();
    record(Actor.operator(2, "bob"), "passkey.assigned", ANN, Map.of("integration", "Okta \"EU\""));

    assertThat(audit.list(PageRequest.first()).items())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.by()).isEqualTo(Actor.operator(2, "bob"));
              assertThat(entry.action()).isEqualTo("passkey.assigned");
              assertThat(entry.subject()).isEqualTo(ANN);
              assertThat(entry.at()).isEqualTo(at);
              assertThat(entry.details()).containsExactly(Map.entry("integration", "Okta \"EU\""));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "{\"a\":1}", "[]", "{\"a\":null}"})
  void showsAnEntryThatWasChangedOutsideAndHidesNoOtherBehindIt(String details) throws Exception {
    record(Actor.operator(2, "bob"), "passkey.assigned", ANN, Map.of());
    core.inTransaction(
        () ->
            core.entities()
                .createNativeQuery("update audit_entry set details = ?1")
                .setParameter(1, details)
                .executeUpdate());
    record(Actor.operator(2, "bob"), "passkey.revoked", ANN, Map.of());

    assertThat(audit.list(PageRequest.first()).items())
        .extracting(AuditEntry::details)
        .containsExactly(Map.of(), Map.of("text", details));
  }

  @Test
  void refusesAnEntryWithoutTheTransactionOfTheChange() {
    assertThatThrownBy(() -> audit.record(Actor.system(), "any.thing", ANN, Map.of()))
        .isInstanceOf(TransactionalException.class);
  }

  @Test
  void leavesNoEntryForAChangeThatIsRolledBack() {
    assertThatThrownBy(
            () ->
                core.inTransaction(
                    () -> {
                      audit.record(Actor.system(), "any.thing", ANN, Map.of());
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    assertThat(audit.list(PageRequest.first()).total()).isZero();
  }

  @Test
  void findsEntriesByActorActionSubjectAndTime() throws Exception {
    var start = core.clock().instant();
    record(Actor.operator(2, "bob"), "passkey.assigned", ANN, Map.of());
    record(Actor.owner(17, "ann@example.org"), "passkey.activated", ANN, Map.of());
    record(Actor.system(), "user.left", Subject.of("user", 18, "Eve"), Map.of());
    PageRequest all = PageRequest.first();

    assertThat(actions(all)).containsExactly("user.left", "passkey.activated", "passkey.assigned");
    assertThat(actions(all.with("actor", "bob"))).containsExactly("passkey.assigned");
    assertThat(actions(all.with("kind", "SYSTEM"))).containsExactly("user.left");
    assertThat(actions(all.with("action", "passkey."))).hasSize(2);
    assertThat(actions(all.with("subjectId", "18"))).containsExactly("user.left");
    assertThat(actions(all.with("subject", "EXAMPLE"))).hasSize(2);
    assertThat(
            actions(
                all.with("from", start.plusSeconds(60).toString())
                    .with("to", start.plusSeconds(120).toString())))
        .containsExactly("passkey.activated");
  }

  @Test
  void tellsATokenFromTheOperatorOfTheSameName() throws Exception {
    Actor operator = Actor.operator(4, "bob");
    Actor token = Actor.token(4, "bob");
    record(operator, "passkey.assigned", ANN, Map.of());
    record(token, "passkey.revoked", ANN, Map.of());
    record(Actor.operator(5, "bob"), "user.seen", ANN, Map.of());
    PageRequest four = PageRequest.first().with("actorId", "4");

    assertThat(actions(four)).containsExactly("passkey.revoked", "passkey.assigned");
    assertThat(actions(four.with("kind", "TOKEN"))).containsExactly("passkey.revoked");
    assertThat(audit.list(four).items())
        .extracting(AuditEntry::by)
        .containsExactly(token, operator)
        .doesNotHaveDuplicates();
  }

  @Test
  void takesAnActorForTheSameAfterAChangeOfName() {
    assertThat(Actor.operator(4, "bob"))
        .isEqualTo(Actor.operator(4, "robert"))
        .hasSameHashCodeAs(Actor.operator(4, "robert"))
        .isNotEqualTo(Actor.operator(5, "bob"));
  }

  @Test
  void tellsActorsOfBeforeByTheirNames() {
    Actor ann = new Actor(Actor.Kind.OPERATOR, "", "ann");

    assertThat(ann)
        .isEqualTo(new Actor(Actor.Kind.OPERATOR, "", "ann"))
        .isNotEqualTo(new Actor(Actor.Kind.OPERATOR, "", "bob"));
  }

  @Test
  void saysWhatAFilterMustLookLike() {
    PageRequest wrong = PageRequest.first().with("from", "yesterday");

    assertThatThrownBy(() -> audit.list(wrong))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(ProblemException.Kind.INVALID);
              assertThat(problem.fields().get("from"))
                  .isEqualTo(Message.of(ProblemMessage.FIELD_INSTANT));
            });
  }

  @Test
  void cutsWhatIsTooLongRatherThanLosingTheEntry() throws Exception {
    Map<String, String> details = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      details.put("detail" + i, "\"".repeat(1000));
    }
    record(
        Actor.operator(2, "b".repeat(300)),
        "any.thing",
        Subject.of("user", 1, "x".repeat(2000)),
        details);

    AuditEntry entry = audit.list(PageRequest.first()).items().get(0);
    assertThat(entry.by().name()).hasSize(255).endsWith("…");
    assertThat(entry.subject().label()).hasSize(1000);
    assertThat(entry.details()).isNotEmpty();
  }
}
