package dev.keysmith.core.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.apitoken.ApiToken;
import dev.keysmith.core.apitoken.ApiTokens;
import dev.keysmith.core.apitoken.IssuedApiToken;
import dev.keysmith.core.apitoken.NewApiToken;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Integrity;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.seal.Inspection.ChangedRow;
import dev.keysmith.core.seal.KeyRing;
import dev.keysmith.core.seal.SealingBegun;
import dev.keysmith.core.secret.Secrets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedRowsTest {

  private static final String PASSWORD = "vixen-Quarry-lumen-48";
  private static final Actor BOSS = Actor.operator(1, "boss");

  @RegisterExtension final Core core = new Core();

  private final Operators operators = core.get(Operators.class);
  private final ApiTokens tokens = core.get(ApiTokens.class);
  private final SignIns signIns = core.get(SignIns.class);
  private final Integrity integrity = core.get(Integrity.class);

  private Operator ann;

  @BeforeEach
  void ann() {
    core.restart(Integrity.class);
    operators.create(BOSS, new NewOperator("boss", "Boss", Role.ADMINISTRATOR));
    ann = operators.create(BOSS, new NewOperator("ann", "Ann", Role.AUDITOR));
    core.get(Passwords.class).set(ann.actor(), ann.id(), PASSWORD.toCharArray());
  }

  private Optional<Operator> signIn() {
    return signIns.withPassword(
        "ann", PASSWORD.toCharArray(), new SignIns.From("192.0.2.1", Optional.empty()));
  }

  private void past(String sql) {
    try (Connection connection = core.get(DataSource.class).getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void believesWhatTheServerHasWritten() {
    operators.changeRole(BOSS, ann.id(), Role.OPERATOR);
    operators.disable(BOSS, ann.id());
    operators.enable(BOSS, ann.id());

    assertThat(signIn()).isPresent();
    assertThat(integrity.look()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "role = 'ADMINISTRATOR'",
        "login = 'ann', password = (select password from operator_account where login = 'boss2')",
        "identity = 'https://evil.example ann'",
        "user_handle = 'AAAA'",
        "seal = null"
      })
  void letsNobodyInByAnAccountThatWasChangedPastTheServer(String change) {
    Operator other = operators.create(BOSS, new NewOperator("boss2", "B", Role.ADMINISTRATOR));
    core.get(Passwords.class)
        .set(other.actor(), other.id(), "otter-Meadow-copper-71".toCharArray());
    past("update operator_account set " + change + " where login = 'ann'");

    assertThat(signIn()).isEmpty();
    assertThat(operators.get(ann.id()).accepts(core.clock().instant())).isFalse();
    assertThat(integrity.look()).containsExactly(new ChangedRow("operator", ann.id(), "ann"));
  }

  @Test
  void tellsOfARowOnceInTheAuditLog() {
    past("update operator_account set role = 'ADMINISTRATOR' where login = 'ann'");
    integrity.look();
    integrity.look();

    assertThat(
            core.get(Audit.class).list(new PageRequest(0, 9, "", Map.of("action", "row."))).items())
        .singleElement()
        .satisfies(it -> assertThat(it.subject().label()).isEqualTo("ann"));
  }

  @Test
  void tellsOfARowAgainWhoseEntryWasRolledBack() {
    past("update operator_account set role = 'ADMINISTRATOR' where login = 'ann'");
    assertThatThrownBy(
            () ->
                core.inTransaction(
                    () -> {
                      integrity.look();
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    integrity.look();

    assertThat(
            core.get(Audit.class).list(new PageRequest(0, 9, "", Map.of("action", "row."))).items())
        .hasSize(1);
  }

  @Test
  void doesNotMakeAChangedRowRightByWritingToIt() {
    past("update operator_account set role = 'ADMINISTRATOR' where login = 'ann'");
    operators.endSessions(BOSS, ann.id());

    assertThat(operators.get(ann.id()).isChangedOutside()).isTrue();
    assertThat(integrity.look()).hasSize(1);
  }

  @Test
  void believesAnAccountAgainThatAnAdministratorLetsInButNotItsPassword() {
    past("update operator_account set name = 'x', role = 'ADMINISTRATOR' where login = 'ann'");
    operators.enable(BOSS, ann.id());

    assertThat(operators.get(ann.id()).enabled()).isTrue();
    assertThat(operators.get(ann.id()).hasPassword()).isFalse();
    assertThat(integrity.look()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"role = 'ADMINISTRATOR'", "expires = null", "revoked = null", "label = 'other'"})
  void letsNothingInByATokenThatWasChangedPastTheServer(String change) {
    IssuedApiToken issued =
        tokens.create(
            BOSS,
            new NewApiToken("script", Role.AUDITOR, core.clock().instant().plusSeconds(3600)));
    assertThat(tokens.authenticate(issued.text().clone())).isPresent();
    if (change.startsWith("revoked")) {
      tokens.revoke(BOSS, issued.token().id());
    }
    past("update api_token set " + change + " where id = " + issued.token().id());

    assertThat(tokens.authenticate(issued.text())).isEmpty();
    assertThat(integrity.look()).extracting(ChangedRow::kind).containsExactly("token");
  }

  @Test
  void endsTheAlarmOfATokenThatIsRevoked() {
    IssuedApiToken issued = tokens.create(BOSS, new NewApiToken("script", Role.AUDITOR, null));
    past("update api_token set role = 'ADMINISTRATOR'");
    assertThat(integrity.look()).hasSize(1);
    tokens.revoke(BOSS, issued.token().id());

    assertThat(integrity.look()).isEmpty();
    assertThat(tokens.authenticate(issued.text())).isEmpty();
    past("update api_token set revoked = null");
    assertThat(tokens.authenticate(issued.text())).isEmpty();
    assertThat(integrity.look()).hasSize(1);
  }

  @Test
  void endsTheAlarmOfWhateverAnAdministratorTakesOutOfUse() {
    register(ann);
    core.get(SetUps.class).issue(BOSS, ann.id());
    tokens.create(BOSS, new NewApiToken("script", Role.AUDITOR, null));
    past("update set_up_link set operator_id = null");
    past("update operator_passkey set rp_id = 'evil.example'");
    past("update api_token set revoked = created");
    past("update operator_account set role = 'ADMINISTRATOR' where login = 'ann'");
    assertThat(integrity.look())
        .extracting(ChangedRow::kind)
        .containsExactlyInAnyOrder("operator", "operator-passkey", "token", "set-up-link");
    integrity.look().forEach(row -> integrity.withdraw(BOSS, row.kind(), row.id()));

    assertThat(integrity.look()).isEmpty();
    assertThat(operators.get(ann.id()).enabled()).isFalse();
    assertThat(operators.get(ann.id()).hasPassword()).isFalse();
    assertThat(core.get(OperatorPasskeys.class).list(ann.id())).isEmpty();
  }

  @Test
  void takesAUseOfATokenWhileItIsRevokedForNoChangeFromOutside() throws Exception {
    IssuedApiToken issued = tokens.create(BOSS, new NewApiToken("script", Role.AUDITOR, null));
    core.inTransaction(
        () -> {
          ApiToken old = core.entities().find(ApiToken.class, issued.token().id());
          core.entities().detach(old);
          tokens.revoke(BOSS, issued.token().id());
          assertThat(old.isUsable(core.clock().instant())).isTrue();
          return true;
        });
    tokens.authenticate(issued.text());

    assertThat(integrity.look()).isEmpty();
    assertThat(tokens.get(issued.token().id()).revoked()).isPresent();
  }

  @Test
  void letsNobodyInByATokenThatWasCopied() {
    IssuedApiToken issued = tokens.create(BOSS, new NewApiToken("script", Role.AUDITOR, null));
    past("update api_token set id = -1, role = 'ADMINISTRATOR' where id = " + issued.token().id());

    assertThat(tokens.authenticate(issued.text())).isEmpty();
  }

  @Test
  void takesNoSetUpLinkThatWasChangedPastTheServer() {
    IssuedSetUpLink issued = core.get(SetUps.class).issue(BOSS, ann.id());
    long boss = operators.findLogin("boss").orElseThrow().id();
    past("update set_up_link set operator_id = " + boss);

    assertThatThrownBy(() -> core.get(SetUps.class).owner(issued.text()))
        .isInstanceOf(ProblemException.class);
    assertThat(integrity.look()).extracting(ChangedRow::kind).containsExactly("set-up-link");
  }

  private OperatorPasskey register(Operator owner) {
    Ceremony ceremony =
        new Ceremony(
            "https://keysmith.example.org", "keysmith.example.org", operators.newUserHandle());
    String json = new SoftAuthenticator(owner.userHandle()).create(ceremony);
    return core.get(OperatorPasskeys.class)
        .add(BOSS, owner.id(), new NewPasskey(ceremony, owner.userHandle(), "Key", json));
  }

  private void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }

  @Test
  void countsNoAccountThatWasChangedPastTheServerAsTheAdministratorWhoIsLeft() {
    operators.changeRole(BOSS, ann.id(), Role.ADMINISTRATOR);
    Operator other = operators.create(BOSS, new NewOperator("eve", "Eve", Role.AUDITOR));
    core.get(Passwords.class).set(other.actor(), other.id(), PASSWORD.toCharArray());
    past("update operator_account set role = 'ADMINISTRATOR' where login = 'eve'");

    refused("operator.last-administrator", () -> operators.disable(BOSS, ann.id()));
    refused("operator.last-administrator", () -> operators.remove(BOSS, ann.id()));
    past("update operator_account set role = 'ADMINISTRATOR', seal = null where login = 'ann'");
    assertThat(operators.hasAdministrator()).isFalse();
  }

  @Test
  void countsNoPasskeyThatWasChangedPastTheServerAsAWayIn() {
    operators.changeRole(BOSS, ann.id(), Role.ADMINISTRATOR);
    Operator boss = operators.findLogin("boss").orElseThrow();
    OperatorPasskeys passkeys = core.get(OperatorPasskeys.class);
    OperatorPasskey ofBoss = register(boss);
    register(ann);
    OperatorPasskey good = register(ann);
    past("update operator_passkey set rp_id = 'evil.example' where id <> " + good.id());

    refused("operator.last-administrator", () -> operators.disable(BOSS, ann.id()));
    core.get(Passwords.class).remove(BOSS, ann.id());
    refused("operator.last-way-in", () -> passkeys.remove(BOSS, ann.id(), good.id()));
    core.get(Passwords.class).set(BOSS, boss.id(), PASSWORD.toCharArray());
    refused("operator.last-way-in", () -> core.get(Passwords.class).remove(BOSS, boss.id()));
    passkeys.remove(BOSS, boss.id(), ofBoss.id());
    assertThat(passkeys.list(boss.id())).isEmpty();
  }

  @Test
  void holdsAfterTheMasterKeyWasRotated() {
    core.get(Secrets.class).rotate(BOSS);
    core.restart(KeyRing.class);

    assertThat(signIn()).isPresent();
    assertThat(integrity.look()).isEmpty();
  }

  @Test
  void sealsTheRowsOfAnOlderVersion() throws Exception {
    past("update operator_account set seal = null");
    assertThat(integrity.look()).hasSize(2);
    core.inTransaction(
        () -> {
          core.get(SealedOperators.class).sealOlder(new SealingBegun(SealingBegun.NOTHING));
          return true;
        });

    assertThat(integrity.look()).isEmpty();
  }
}
