package dev.keysmith.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.apitoken.ApiTokens;
import dev.keysmith.core.apitoken.NewApiToken;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Integrity;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.seal.Inspection.ChangedRow;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A table that is longer than a look is looked through in parts. */
@Tag("one-database")
class LongTablesTest {

  private static final Actor BOSS = Actor.operator(1, "boss");
  private static final int MORE_THAN_A_PART = 2100;

  @RegisterExtension final Core core = new Core();

  private final Integrity integrity = core.get(Integrity.class);

  private void past(String sql) throws Exception {
    try (Connection connection = core.get(DataSource.class).getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void findsAChangedRowInEachPartAndKeepsItInSight() throws Exception {
    core.restart(Integrity.class);
    core.restart(Seals.class);
    core.restart(SealedTables.class);
    core.inTransaction(
        () -> {
          for (int i = 0; i < MORE_THAN_A_PART; i++) {
            core.get(ApiTokens.class)
                .create(BOSS, new NewApiToken("token " + i, Role.AUDITOR, null));
          }
          return true;
        });
    past("update api_token set role = 'ADMINISTRATOR' where label = 'token 3'");
    past("update api_token set role = 'ADMINISTRATOR' where label = 'token 2090'");

    assertThat(labels()).containsExactly("token 3");
    assertThat(labels()).containsExactly("token 3", "token 2090");
    assertThat(labels()).containsExactly("token 3", "token 2090");
    past("update api_token set role = 'AUDITOR'");
    assertThat(labels()).isEmpty();
  }

  private List<String> labels() {
    return integrity.look().stream().map(ChangedRow::label).toList();
  }
}
