package dev.keysmith.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.audit.AuditProof.Fault;
import dev.keysmith.core.audit.AuditProof.Kind;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.seal.KeyRing;
import dev.keysmith.core.seal.SealingBegun;
import dev.keysmith.core.seal.Seals;
import dev.keysmith.core.secret.Secrets;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditVerificationTest {

  private static final Actor ANN = Actor.operator(7, "ann");

  @RegisterExtension final Core core = new Core();

  private final Audit audit = core.get(Audit.class);
  private final AuditVerification verification = core.get(AuditVerification.class);

  private void inTransaction(Runnable work) {
    try {
      core.inTransaction(
          () -> {
            work.run();
            return true;
          });
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void record(int entries) {
    for (int i = 0; i < entries; i++) {
      int number = i;
      inTransaction(
          () ->
              audit.record(
                  ANN,
                  "token.created",
                  Subject.of("token", number, "T" + number),
                  Map.of("a", "b")));
    }
  }

  private void past(String sql) {
    try (Connection connection = core.get(DataSource.class).getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void define(String sql) {
    try (Connection connection = core.get(DataSource.class).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Kind fault() {
    AuditProof proof = verification.look();
    assertThat(proof.intact()).isEqualTo(proof.fault().isEmpty());
    return proof.fault().map(Fault::kind).orElse(null);
  }

  @Test
  void findsNothingWrongWithWhatTheServerHasWritten() {
    assertThat(fault()).isNull();
    record(3);
    inTransaction(
        () -> {
          for (int i = 0; i < 120; i++) {
            audit.record(ANN, "user.imported", Subject.of("user", i, ""), Map.of());
          }
        });

    AuditProof proof = verification.look();
    assertThat(proof.intact()).isTrue();
    assertThat(proof.entries()).isEqualTo(123);
    assertThat(audit.list(new PageRequest(0, 500, "", Map.of())).items())
        .extracting(AuditEntry::id)
        .doesNotHaveDuplicates()
        .hasSize(123);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "actor_name = 'bob'",
        "actor_kind = 'TOKEN'",
        "actor_id = '8'",
        "action = 'token.revoked'",
        "at = timestamp with time zone '2020-01-01 00:00:00+00'",
        "subject_type = 'user'",
        "subject_id = '9'",
        "subject_label = 'other'",
        "details = '{}'"
      })
  void findsAnEntryThatWasChanged(String change) {
    record(5);
    past("update audit_entry set " + change + " where chain_number = 3");

    AuditProof proof = verification.look();
    assertThat(proof.fault().map(Fault::kind)).contains(Kind.CHANGED);
    assertThat(proof.fault().map(Fault::number)).contains(3L);
  }

  /** An entry that no reader understands must not hide the others. */
  @Test
  void showsAnEntryWithAnUnknownKindOfActor() {
    record(3);
    past(
        "update audit_entry set actor_kind = 'GHOST', details = 'not JSON' where id = (select min(id) from audit_entry)");

    List<AuditEntry> entries = core.get(Audit.class).list(PageRequest.first()).items();

    assertThat(entries).hasSize(3);
    assertThat(entries.get(2).by().kind()).isEqualTo(Actor.Kind.UNKNOWN);
  }

  @Test
  void findsAnEntryThatWasRemoved() {
    record(5);
    past("delete from audit_entry where chain_number = 3");

    assertThat(fault()).isEqualTo(Kind.REMOVED);
  }

  @Test
  void findsNothingWrongWithAnEntryThatIsWrittenWhileTheEndIsLookedAt() {
    record(2);
    AuditSteps steps = new AuditSteps();
    steps.chain = core.get(AuditChain.class);
    steps.seals = core.get(Seals.class);
    steps.dataSource = recordingBefore("chain_number is null");

    assertThat(steps.next(AuditVerification.Position.START).fault()).isEmpty();
    assertThat(verification.look().entries()).isEqualTo(3);
  }

  /** The data source, with another request that writes an entry just before a query. */
  private DataSource recordingBefore(String query) {
    DataSource real = core.get(DataSource.class);
    return proxy(
        DataSource.class,
        (proxy, method, arguments) ->
            method.getName().equals("getConnection")
                ? recordingBefore(query, real.getConnection())
                : method.invoke(real, arguments));
  }

  private Connection recordingBefore(String query, Connection real) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("prepareStatement")
              && arguments[0].toString().contains(query)) {
            record(1);
          }
          return method.invoke(real, arguments);
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Test
  void findsATailThatWasCutOff() {
    record(5);
    past("delete from audit_entry where chain_number > 3");

    assertThat(fault()).isEqualTo(Kind.CUT);
  }

  @Test
  void findsATailThatWasCutOffTogetherWithTheEndOfTheChain() {
    record(3);
    define("create table kept as select * from audit_head");
    try {
      record(2);
      past("delete from audit_entry where chain_number > 3");
      past("delete from audit_head");
      past("insert into audit_head select * from kept");

      assertThat(fault()).as("an old end, well sealed").isEqualTo(Kind.CUT);
    } finally {
      define("drop table kept");
    }
  }

  @Test
  void findsALogThatWasEmptied() {
    record(2);
    past("delete from audit_entry");
    assertThat(fault()).isEqualTo(Kind.CUT);
    past("delete from audit_head");
    assertThat(fault()).isEqualTo(Kind.CUT);
  }

  @Test
  void findsAnEntryThatWasInserted() {
    record(2);
    past(copyOf(1, "null", "null"));

    assertThat(fault()).isEqualTo(Kind.INSERTED);
  }

  @Test
  void findsAnEntryThatWasPutAtTheEndWithARightHash() {
    record(2);
    past(copyOf(1, "3", "'" + "0".repeat(64) + "'"));
    assertThat(fault()).isEqualTo(Kind.CHANGED);
    past("update audit_entry set chain_hash = '" + rightHash() + "' where chain_number = 3");

    assertThat(fault()).isEqualTo(Kind.CUT);
  }

  private String rightHash() {
    try (Connection connection = core.get(DataSource.class).getConnection();
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select "
                    + ChainLink.COLUMNS
                    + ", (select chain_hash from audit_entry where chain_number = 2)"
                    + " from audit_entry where chain_number = 3")) {
      rows.next();
      return ChainLink.read(rows).hash(3, rows.getString(11));
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static String copyOf(long number, String newNumber, String hash) {
    return "insert into audit_entry ("
        + ChainLink.COLUMNS
        + ", chain_number, chain_hash) select -1, at, actor_kind, actor_id, actor_name, action,"
        + " subject_type, subject_id, subject_label, details, "
        + newNumber
        + ", "
        + hash
        + " from audit_entry where chain_number = "
        + number;
  }

  @Test
  void goesOnWritingAndNeverMendsWhatWasBroken() {
    record(5);
    past("delete from audit_entry where chain_number > 3");
    past(
        "update audit_head set entries = 3, chain_hash = (select chain_hash from audit_entry where chain_number = 3)");
    record(4);

    assertThat(fault()).isEqualTo(Kind.REMOVED);
    assertThat(audit.list(PageRequest.first()).items()).hasSize(7);
  }

  @Test
  void holdsAfterTheMasterKeyWasRotatedAndTheServerStartedAnew() {
    record(2);
    core.get(Secrets.class).rotate(ANN);
    record(2);
    core.restart(KeyRing.class);
    core.restart(AuditChain.class);

    AuditProof proof = verification.look();
    assertThat(proof.intact()).isTrue();
    assertThat(proof.entries()).isEqualTo(5);
  }

  @Test
  void writesOneChainFromManyTransactionsAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        writers.add(
            () -> {
              record(25);
              return null;
            });
      }
      for (Future<Void> each : threads.invokeAll(writers)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }

    AuditProof proof = verification.look();
    assertThat(proof.intact()).isTrue();
    assertThat(proof.entries()).isEqualTo(200);
  }

  @Test
  void leavesNoEntryOfATransactionThatWasRolledBack() {
    record(1);
    try {
      inTransaction(
          () -> {
            audit.record(ANN, "token.created", Subject.of("token", 1, ""), Map.of());
            throw new IllegalStateException("undone");
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("undone");
    }
    record(1);

    AuditProof proof = verification.look();
    assertThat(proof.intact()).isTrue();
    assertThat(proof.entries()).isEqualTo(2);
  }

  @Test
  void chainsWhatWasThereBefore() {
    record(3);
    past("update audit_entry set chain_number = null, chain_hash = null");
    past("delete from audit_head");
    core.restart(AuditChain.class);
    inTransaction(() -> core.get(AuditChain.class).adopt(new SealingBegun(SealingBegun.NOTHING)));
    record(1);

    AuditProof proof = verification.look();
    assertThat(proof.intact()).isTrue();
    assertThat(proof.entries()).isEqualTo(4);
  }
}
