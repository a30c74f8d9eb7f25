package dev.keysmith.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Integrity;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.operator.NewOperator;
import dev.keysmith.core.operator.Operators;
import dev.keysmith.core.operator.SetUps;
import dev.keysmith.core.seal.KeyRing;
import dev.keysmith.core.seal.TestMasterKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The rows of an older version are sealed once, and never again after a write to the database. */
class MasterKeyCheckTest {

  @RegisterExtension final Core core = new Core();

  @TempDir Path data;

  private final MasterKeyCheck check = core.get(MasterKeyCheck.class);

  @BeforeEach
  void databaseOfAnOlderVersion() {
    core.configure("keysmith.data", data.toString());
    TestMasterKey.create(data);
    core.get(Operators.class)
        .create(Actor.system(), new NewOperator("ann", "Ann", Role.ADMINISTRATOR));
    oldMark();
    past("update operator_account set seal = null");
  }

  private void oldMark() {
    mark("right");
  }

  private void mark(String says) {
    past("delete from master_key_check where id = 1 or 1 = 1", true);
    String sealed = core.get(Secrets.class).seal("master-key-check", says.toCharArray());
    past("insert into master_key_check values (1, '" + sealed + "')");
  }

  private void past(String sql) {
    past(sql, false);
  }

  private void past(String sql, boolean none) {
    try (Connection connection = core.get(DataSource.class).getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isGreaterThanOrEqualTo(none ? 0 : 1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private int changed() {
    return core.get(Integrity.class).look().size();
  }

  @Test
  void sealsTheRowsOfAnOlderVersionOnce() {
    check.run();
    assertThat(changed()).isZero();

    past("update operator_account set role = 'AUDITOR'");
    check.run();
    assertThat(changed()).isOne();
  }

  /** Which has sealed operators, but no users and passkeys. */
  @Test
  void sealsNoOperatorOfTheVersionThatHasSealedThem() throws IOException {
    Files.writeString(data.resolve("rows-are-sealed"), "Do not delete.\n");
    mark("rows are sealed");
    check.run();

    assertThat(changed()).isOne();
    assertThat(Files.readString(data.resolve("rows-are-sealed"))).contains("Sealed: all.");
  }

  @Test
  void sealsNothingForWhoPutsAnOldMarkBack() {
    check.run();
    past("update operator_account set role = 'AUDITOR'");
    oldMark();
    check.run();

    assertThat(changed()).isOne();
  }

  @Test
  void sealsNothingForWhoTakesTheMarkAway() {
    check.run();
    past("update operator_account set role = 'AUDITOR'");
    past("delete from master_key_check");
    check.run();

    assertThat(changed()).isOne();
  }

  @Test
  void sealsNothingForWhoTakesTheMarkAwayWhereTheDataDirectoryIsNew() throws IOException {
    check.run();
    past("update operator_account set role = 'AUDITOR'");
    past("delete from master_key_check");
    Files.delete(data.resolve("rows-are-sealed"));
    check.run();

    assertThat(changed()).isOne();
  }

  @Test
  void sealsNoLinkThatIsTheOnlyRow() {
    check.run();
    core.get(SetUps.class).issueFirst("main");
    past("update set_up_link set seal = null");
    past("delete from operator_account");
    past("delete from audit_entry");
    past("delete from master_key_check");
    check.run();

    assertThat(changed()).isOne();
  }

  @Test
  void makesNoOtherKeyBesideRows() throws IOException {
    check.run();
    past("delete from master_key_check");
    Files.delete(data.resolve("master-key.json"));
    core.restart(KeyRing.class);

    assertThatThrownBy(check::run)
        .isInstanceOf(SecretException.class)
        .hasMessageContaining("is missing");
    assertThat(data.resolve("master-key.json")).doesNotExist();
  }

  @Test
  void sealsTheRowsOfAnOldBackupIfTheFileIsTakenAway() throws IOException {
    check.run();
    past("update operator_account set seal = null");
    oldMark();
    Files.delete(data.resolve("rows-are-sealed"));
    check.run();

    assertThat(changed()).isZero();
  }

  @Test
  void sealsNothingOnAnotherNodeThatIsNew() throws IOException {
    check.run();
    past("update operator_account set role = 'AUDITOR'");
    Files.delete(data.resolve("rows-are-sealed"));
    check.run();

    assertThat(changed()).isOne();
    assertThat(data.resolve("rows-are-sealed")).exists();
  }
}
