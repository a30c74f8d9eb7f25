package dev.keysmith.core.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.harness.Core;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Holders;
import dev.keysmith.core.session.Desk;
import dev.keysmith.core.workflow.WorkflowPreviews;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long figures, lists and previews take among 100,000 users; says so, judges nothing. */
class OverviewBenchmark {

  private static final int USERS = 100_000;

  @RegisterExtension final Core core = new Core();

  @Test
  void countsAndListsAmongManyUsers() throws Exception {
    Desk desk = new Desk(core);
    long integration = desk.integrationId();
    core.inTransaction(
        () -> {
          fill(integration);
          return null;
        });

    for (int round = 0; round < 3; round++) {
      assertThat(time("figures", () -> core.get(Overview.class).figures()).users().get(0).count())
          .isEqualTo(USERS);
      time("users without passkey", () -> users("passkey", "NONE"));
      time("users with active key", () -> users("key", "ACTIVE"));
      assertThat(
              time(
                      "preview",
                      () ->
                          core.get(WorkflowPreviews.class)
                              .preview(integration, Set.of(), PageRequest.first()))
                  .assigned())
          .isEqualTo(USERS / 2);
    }
  }

  private Object users(String filter, String value) {
    return core.get(Holders.class).list(PageRequest.first().with(filter, value));
  }

  private static <T> T time(String what, Supplier<T> work) {
    long begin = System.nanoTime();
    T result = work.get();
    System.out.println(
        what + ": " + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
    return result;
  }

  /** Every second user has a passkey, every fourth a key; each passkey was assigned. */
  private void fill(long integration) throws SQLException {
    Timestamp now = Timestamp.from(core.clock().instant());
    batch(
        "insert into directory_user (id, integration_id, external_id, login, display_name, status,"
            + " imported_at, last_seen_at, seen_by_import, announced, login_key, name_key,"
            + " search_text) values (?, ?, ?, ?, ?, 'ACTIVE', ?, ?, 1, true, ?, ?, ?)",
        1,
        (row, n) -> {
          String login = "user%06d@example.org".formatted(n);
          set(
              row,
              10_000_000L + n,
              integration,
              "x" + n,
              login,
              login,
              now,
              now,
              login,
              login,
              login);
        });
    batch(
        "insert into security_key (id, version, aaguid, model, owner_id, state, created)"
            + " values (?, 1, ?, ?, ?, 'ACTIVE', ?)",
        4,
        (row, n) -> set(row, 20_000_000L + n, "a" + n % 7, "Model " + n % 7, 10_000_000L + n, now));
    batch(
        "insert into passkey (id, version, user_id, integration_id, state, assigned, assigned_by)"
            + " values (?, 1, ?, ?, ?, ?, 'bench')",
        2,
        (row, n) ->
            set(
                row,
                30_000_000L + n,
                10_000_000L + n,
                integration,
                n % 4 == 0 ? "ACTIVE" : "ASSIGNED",
                now));
    Instant instant = core.clock().instant();
    batch(
        "insert into audit_entry (id, at, actor_kind, actor_name, action, subject_type, subject_id,"
            + " subject_label, details) values (?, ?, 'SYSTEM', 'b', 'passkey.assigned', 'user',"
            + " '1', 'x', '{}')",
        1,
        (row, n) ->
            set(
                row,
                40_000_000L + n,
                Timestamp.from(instant.minus(Duration.ofMinutes(n % 40_000)))));
  }

  @FunctionalInterface
  private interface Row {
    void fill(PreparedStatement row, int number) throws SQLException;
  }

  private void batch(String sql, int each, Row row) throws SQLException {
    try (Connection connection = core.get(DataSource.class).getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int n = 0; n < USERS; n += each) {
        row.fill(statement, n);
        statement.addBatch();
        if (n % 1_000 == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
  }

  private static void set(PreparedStatement row, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      row.setObject(i + 1, values[i]);
    }
  }
}
