package dev.keysmith.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Integrity;
import dev.keysmith.core.enrolment.ScriptedProvider.Fault;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.PasskeyMessage;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.seal.Inspection.ChangedRow;
import dev.keysmith.core.session.Desk;
import dev.keysmith.testing.key.VirtualKey;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A changed row is taken out of use while a passkey hangs on it. */
class WithdrawnRowsTest {

  private static final String PIN = "482913";
  private static final Actor BOSS = Actor.operator(1, "boss");

  @RegisterExtension final Core core = new Core();

  private final Integrity integrity = core.get(Integrity.class);
  private Desk desk;
  private long passkeyId;

  @BeforeEach
  void setUp() {
    core.restart(Integrity.class);
    core.restart(Seals.class);
    core.restart(SealedTables.class);
    desk = new Desk(core, "u1", "u2");
    passkeyId = desk.assign("u1");
  }

  private void session() {
    desk.session("u1", desk.plug(VirtualKey.builder().build()), PIN);
  }

  /** Writes past the server, and takes out of use what was changed. */
  private void withdrawAfter(String sql) throws Exception {
    count(sql);
    for (ChangedRow row : integrity.look()) {
      integrity.withdraw(BOSS, row.kind(), row.id());
    }
    core.deliverAfter(Duration.ofMinutes(1));
    assertThat(integrity.look()).isEmpty();
  }

  private int count(String sql) throws Exception {
    return core.inTransaction(() -> core.entities().createNativeQuery(sql).executeUpdate());
  }

  private Passkey passkey() {
    return core.get(Passkeys.class).find(passkeyId);
  }

  private long entries(String action) {
    return core.get(Audit.class).list(PageRequest.first().with("action", action)).total();
  }

  @Test
  void claimsOfNoFactorThatItIsGoneWhoseAccountIsNotKnownAnyMore() throws Exception {
    session();
    assertThat(passkey().state()).isEqualTo(Passkey.State.ACTIVE);

    withdrawAfter(
        "update directory_user set external_id = 'u9' where id = " + desk.user("u1").id());

    assertThat(passkey().state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(passkey().problem()).contains(Message.of(PasskeyMessage.CHANGED_OUTSIDE));
    assertThat(passkey().awaitsRemoval()).isFalse();
    assertThat(entries("passkey.factor-removed")).isZero();
    assertThat(desk.provider().present("u1")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "passkey set key_id = null",
        "passkey set user_id = (select max(id) from directory_user)",
        "passkey set state = 'ASSIGNED'",
        "directory_user set external_id = 'u9'",
      })
  void endsAnEnrolmentThatIsStillToBeSettled(String change) throws Exception {
    desk.provider().fail(3, Fault.LOST_ANSWER);
    desk.provider().fail(4, Fault.BROKEN);
    session();
    assertThat(passkey().state()).isEqualTo(Passkey.State.ENROLLING);
    long user = desk.user("u1").id();

    withdrawAfter(
        "update " + change + " where id = " + (change.startsWith("passkey") ? passkeyId : user));

    assertThat(passkey().state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(passkey().problem()).contains(Message.of(PasskeyMessage.CHANGED_OUTSIDE));
    assertThat(count("delete from enrolment")).as("enrolments that wait").isZero();
  }
}
