package dev.keysmith.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.activation.ActivationCodes;
import dev.keysmith.core.activation.IssuedCode;
import dev.keysmith.core.activation.Redemptions;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Integrity;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.PasskeyMessage;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.pin.RandomPins;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.seal.Inspection.ChangedRow;
import dev.keysmith.core.session.Desk;
import dev.keysmith.core.session.KeyPolicy;
import dev.keysmith.core.session.KeySession;
import dev.keysmith.core.session.KeySessions;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.testing.key.VirtualKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who writes to the database gets no passkey of another person, no code and no PIN. */
class OwnersRowsTest {

  private static final String PIN = "482913";
  private static final String HERE = "192.0.2.1";
  private static final Actor BOSS = Actor.operator(1, "boss");
  private static final Actor THIEF = Actor.operator(4, "thief");

  @RegisterExtension final Core core = new Core();

  private final Integrity integrity = core.get(Integrity.class);
  private Desk desk;
  private long userId;
  private long otherId;

  @BeforeEach
  void setUp() {
    core.restart(Throttle.class);
    core.restart(Integrity.class);
    core.restart(Seals.class);
    core.restart(SealedTables.class);
    desk = new Desk(core, "u1", "u2");
    userId = desk.user("u1").id();
    otherId = desk.user("u2").id();
  }

  private void past(String sql) {
    try (Connection connection = core.get(DataSource.class).getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String issue(long user) {
    try (IssuedCode issued = core.get(ActivationCodes.class).issue(BOSS, user, false)) {
      return new String(issued.text());
    }
  }

  private Redemptions.Redeemed redeem(String code) {
    return core.get(Redemptions.class).redeem(code.toCharArray(), HERE);
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }

  private List<String> kinds() {
    return integrity.look().stream().map(ChangedRow::kind).distinct().toList();
  }

  private void withdrawAll() throws Exception {
    for (ChangedRow row : integrity.look()) {
      integrity.withdraw(BOSS, row.kind(), row.id());
    }
    core.deliver();
    assertThat(integrity.look()).isEmpty();
  }

  @Test
  void findsNothingInWhatTheServerHasWritten() throws Exception {
    desk.assign("u1");
    String code = issue(userId);
    redeem(code);
    KeySession session = desk.ended(desk.startWithRandomPin("u1", desk.plug(key())));
    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(KeySession.State.DONE);
    desk.importAll();
    core.get(Passkeys.class).revoke(BOSS, passkeyOf(userId).id());
    core.deliver();
    issue(otherId);

    assertThat(integrity.look()).isEmpty();
  }

  private static VirtualKey key() {
    return VirtualKey.builder().build();
  }

  private Passkey passkeyOf(long user) {
    return core.get(Passkeys.class)
        .list(PageRequest.first().with("user", Long.toString(user)))
        .items()
        .get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_id = (select max(id) from directory_user)",
        "expires = expires + interval '1' day",
        "seal = null",
        "prefix = 'AAAA'"
      })
  void letsNobodyInByACodeThatWasChangedPastTheServer(String change) throws Exception {
    String code = issue(userId);
    past("update activation_code set " + change);

    refused("activation.code", () -> redeem(code));
    assertThat(kinds()).containsExactly("activation-code");
    withdrawAll();
    refused("activation.code", () -> redeem(code));
  }

  @Test
  void letsNobodyInByACodeThatIsOverAndWasOpenedPastTheServer() {
    String code = issue(userId);
    issue(userId);
    past("update activation_code set open_for = null, state = 'EXPIRED' where state = 'OPEN'");
    past("update activation_code set state = 'OPEN', ended = null where state = 'REVOKED'");

    refused("activation.code", () -> redeem(code));
    assertThat(kinds()).containsExactly("activation-code");
  }

  @Test
  void endsASessionThatWasWrittenPastTheServer() throws Exception {
    Redemptions.Redeemed redeemed = redeem(issue(userId));
    Redemptions redemptions = core.get(Redemptions.class);
    assertThat(redemptions.find(redeemed.token())).isPresent();
    past("update activation_session set expires = expires + interval '1' day");

    assertThat(redemptions.find(redeemed.token())).isEmpty();
    assertThat(redemptions.isOpen(redeemed.session().id())).isFalse();
    assertThat(kinds()).containsExactly("activation-session");
    withdrawAll();
  }

  @Test
  void showsARandomPinToNobodyWhoWroteHimselfIn() throws Exception {
    desk.assign("u1");
    KeySession session = desk.ended(desk.startWithRandomPin("u1", desk.plug(key())));
    long pin = core.get(RandomPins.class).list(Desk.OPERATOR).get(0).id();
    past("update random_pin set set_by_id = '4'");

    assertThat(core.get(RandomPins.class).list(THIEF)).isEmpty();
    assertThat(core.get(KeySessions.class).hasPinToShow(THIEF, session)).isFalse();
    refused("key.no-pin-to-show", () -> core.get(RandomPins.class).show(THIEF, pin));
    assertThat(kinds()).containsExactly("random-pin");
    past("update random_pin set set_by_id = '3'");
    assertThat(integrity.look()).isEmpty();
    past("update random_pin set expires = expires + interval '1' day");
    refused("key.no-pin-to-show", () -> core.get(RandomPins.class).show(Desk.OPERATOR, pin));
    withdrawAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {"external_id = 'u9'", "login = 'boss'", "email = 'e@vil', seal = null"})
  void makesNoPasskeyForAUserWhoBecameAnother(String change) throws Exception {
    long passkey = desk.assign("u1");
    String code = issue(userId);
    past("update directory_user set " + change + " where id = " + userId);

    refused("activation.code", () -> redeem(code));
    refused("row.changed-outside", () -> issue(userId));
    refused("row.changed-outside", () -> start(userId));
    String now = core.get(Users.class).find(userId).externalId();
    desk.session(now, desk.plug(key()), PIN);
    assertThat(desk.provider().listFactors(now)).isEmpty();
    assertThat(core.get(Passkeys.class).find(passkey).state()).isEqualTo(Passkey.State.ASSIGNED);
    assertThat(core.get(Passkeys.class).whyNot(core.get(Users.class).find(userId)))
        .hasValue(Message.of(PasskeyMessage.REASON_CHANGED));
    assertThat(kinds()).containsExactly("user");

    withdrawAll();
    assertThat(core.get(Passkeys.class).find(passkey).state()).isEqualTo(Passkey.State.REVOKED);
    refused("activation.code", () -> redeem(code));
    assertThat(core.get(Users.class).find(userId).status()).isEqualTo(DirectoryUser.Status.LEFT);
  }

  private KeySession start(long user) {
    String plugged = desk.plug(key()).descriptor().id();
    return core.get(KeySessions.class)
        .start(
            Desk.OPERATOR,
            new KeySessions.Request("virtual", plugged, user, KeyPolicy.NONE),
            PIN.toCharArray());
  }

  @Test
  void letsNoImportMakeAUserRightWhoWasChanged() throws Exception {
    past("update directory_user set external_id = 'x' where id = " + userId);
    past("update directory_user set external_id = 'u1' where id = " + otherId);
    past("update directory_user set external_id = 'u2' where id = " + userId);
    desk.importAll();
    core.deliver();

    assertThat(integrity.look())
        .extracting(ChangedRow::id)
        .containsExactlyInAnyOrder(userId, otherId);
    withdrawAll();
    desk.importAll();
    core.deliver();
    assertThat(core.get(Users.class).find(otherId).login()).isEqualTo("u1@example.org");
    assertThat(core.get(Users.class).find(otherId).status()).isEqualTo(DirectoryUser.Status.ACTIVE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_id = (select max(id) from directory_user)",
        "promise = null",
        "erased = assigned",
        "seal = null"
      })
  void writesNoPasskeyThatWasChangedPastTheServer(String change) throws Exception {
    long passkey = desk.assign("u1");
    desk.assign("u2");
    past("update passkey set " + change + " where id = " + passkey);

    KeySession session = desk.session("u2", desk.plug(key()), PIN);
    assertThat(core.get(Passkeys.class).find(passkey).state()).isEqualTo(Passkey.State.ASSIGNED);
    assertThat(session.state()).isNotNull();
    assertThat(kinds()).containsExactly("passkey");
    withdrawAll();
    assertThat(core.get(Passkeys.class).find(passkey).state()).isEqualTo(Passkey.State.REVOKED);
  }

  @Test
  void removesNoFactorThatWasWrittenPastTheServerAndSaysWhoHasToLook() throws Exception {
    desk.assign("u1");
    desk.session("u1", desk.plug(key()), PIN);
    Passkey passkey = passkeyOf(userId);
    assertThat(passkey.state()).isEqualTo(Passkey.State.ACTIVE);
    past("update passkey set factor_id = 'gone' where id = " + passkey.id());

    Passkey revoked = core.get(Passkeys.class).revoke(BOSS, passkey.id());
    core.deliver();

    assertThat(revoked.awaitsRemoval()).isFalse();
    assertThat(revoked.problem()).contains(Message.of(PasskeyMessage.CHANGED_OUTSIDE));
    assertThat(desk.provider().listFactors("u1")).hasSize(1);
    assertThat(integrity.look()).isEmpty();
  }

  @Test
  void tellsOfAWithdrawnRowAndTakesNoOtherRowOutOfUse() throws Exception {
    long passkey = desk.assign("u1");
    refused("row.not-changed", () -> integrity.withdraw(BOSS, "passkey", passkey));
    refused("row.not-changed", () -> integrity.withdraw(BOSS, "nothing", 1));
    past("update passkey set seal = null");
    withdrawAll();

    assertThat(
            core.get(Audit.class).list(PageRequest.first().with("action", "row.withdrawn")).items())
        .singleElement()
        .matches(it -> it.by().equals(BOSS) && it.subject().id().equals(Long.toString(passkey)));
  }

  @Test
  void sealsWhatAnOlderVersionHasWrittenAndNoMore() throws Exception {
    desk.assign("u1");
    String code = issue(userId);
    for (String table : List.of("passkey", "activation_code", "directory_user")) {
      past("update " + table + " set seal = null");
    }
    assertThat(kinds()).containsExactlyInAnyOrder("passkey", "activation-code", "user");
    core.beginSealing(SealingBegun.OPERATORS);

    assertThat(integrity.look()).isEmpty();
    assertThat(Optional.of(redeem(code))).isPresent();
  }
}
