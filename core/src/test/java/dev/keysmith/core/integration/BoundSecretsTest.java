package dev.keysmith.core.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Integrity;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.imports.FakeIdentityProvider;
import dev.keysmith.core.imports.FakeIdentityProviderFactory;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.seal.Inspection.ChangedRow;
import dev.keysmith.core.seal.SealingBegun;
import dev.keysmith.core.secret.MasterKeyCheck;
import dev.keysmith.core.secret.Secrets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret goes where it was entered for, whatever stands in the database. */
class BoundSecretsTest {

  private static final Actor ANN = Actor.operator(1, "ann");
  private static final String HERE = "https://a.example";
  private static final String ELSEWHERE = "https://b.example";

  @RegisterExtension final Core core = new Core();

  private final Integrations integrations = core.get(Integrations.class);
  private final Integrity integrity = core.get(Integrity.class);
  private long id;

  @BeforeEach
  void connect() {
    core.restart(Integrity.class);
    core.restart(OpenProviders.class);
    FakeIdentityProviderFactory.serve(core.get(Plugins.class), HERE, new FakeIdentityProvider());
    FakeIdentityProviderFactory.serve(
        core.get(Plugins.class), ELSEWHERE, new FakeIdentityProvider());
    core.get(MasterKeyCheck.class).run();
    id = integrations.create(ANN, draft(HERE, "right")).id();
  }

  private static IntegrationDraft draft(String origin, @Nullable String token) {
    return new IntegrationDraft(
        "Example",
        "fake",
        Map.of("origin", origin),
        token == null ? Map.of() : Map.of("api-token", token.toCharArray()));
  }

  private void past(String sql) {
    try (Connection connection = core.get(DataSource.class).getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void lead(String origin) {
    past("update integration_setting set setting_value = '" + origin + "' where name = 'origin'");
    past("update integration set origin = '" + origin + "', revision = revision + 1");
  }

  @Test
  void isNotOpenedForAnAddressThatWasWrittenPastTheServer() {
    lead(ELSEWHERE);

    assertThatThrownBy(() -> integrations.open(id))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo("integration.changed-outside"));
    assertThat(integrations.check(ANN, id).ok()).isFalse();
    assertThat(integrations.check(ANN, id).message().code())
        .isEqualTo("integration.changed-outside");
    assertThat(integrity.look()).containsExactly(new ChangedRow("integration", id, "Example"));
  }

  @Test
  void isNotLedElsewhereByTakingAllSecretsAway() {
    past("delete from integration_secret");
    lead(ELSEWHERE);

    assertThatThrownBy(() -> integrations.findHeld(id))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo("integration.changed-outside"));
    assertThat(integrity.look()).containsExactly(new ChangedRow("integration", id, "Example"));
  }

  @Test
  void noticesThatAllSecretsWereTakenAwayAndAnEntryOfThemEndsIt() {
    past("delete from integration_secret");

    assertThat(integrity.look()).hasSize(1);
    integrations.change(ANN, id, draft(HERE, "right"));
    assertThat(integrity.look()).isEmpty();
  }

  @Test
  void noticesThatAnIntegrationWasSwitchedOnAndNoSwitchMakesItRight() {
    integrations.enable(ANN, id, false);
    assertThat(integrity.look()).isEmpty();
    past("update integration set enabled = true");
    assertThat(integrity.look()).hasSize(1);
    integrations.enable(ANN, id, false);
    past("update integration set enabled = true, origin = 'https://b.example'");
    integrations.enable(ANN, id, false);
    assertThat(integrity.look()).hasSize(1);
  }

  @Test
  void isNotOpenedWithASettingOrDomainMoreOrAnotherPlugin() {
    past("insert into integration_setting values (" + id + ", 'proxy', 'evil.example')");
    assertThat(integrity.look()).hasSize(1);
    past("delete from integration_setting where name = 'proxy'");
    assertThat(integrity.look()).isEmpty();
    past("insert into integration_domain values (" + id + ", 'evil.example')");
    assertThat(integrity.look()).hasSize(1);
    past("delete from integration_domain");
    past("update integration set plugin = 'other'");
    assertThat(integrity.look()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update integration set origin = 'https://b.example'",
        "update integration set origin = null",
        "insert into integration_domain select id, 'evil.example' from integration"
      })
  void saysWhereItsUsersSignInOnlyAsTheServerHasWrittenIt(String change) {
    assertThat(integrations.findHeld(id).origin()).contains(HERE);
    integrations.open(id);
    past(change);

    assertThatThrownBy(() -> integrations.findHeld(id))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo("integration.changed-outside"));
    assertThat(integrity.look()).containsExactly(new ChangedRow("integration", id, "Example"));
  }

  @Test
  void holdsWhicheverOfTwoChangesAtOnceIsTheLast() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        integrations.change(ANN, id, draft(List.of()));
        CyclicBarrier together = new CyclicBarrier(2);
        List<Callable<Void>> changes = new ArrayList<>();
        for (String domain : List.of("one.example", "two.example")) {
          changes.add(
              () -> {
                together.await();
                NamedCaller.SERVER.run(() -> integrations.change(ANN, id, draft(List.of(domain))));
                return null;
              });
        }
        for (Future<Void> each : threads.invokeAll(changes)) {
          each.get();
        }

        assertThat(integrations.findHeld(id).domains()).hasSize(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static IntegrationDraft draft(List<String> domains) {
    return new IntegrationDraft("Example", "fake", domains, Map.of("origin", HERE), Map.of());
  }

  @Test
  void isEnteredAgainForWhatWasWrittenPastTheServer() {
    lead(ELSEWHERE);

    assertThatThrownBy(() -> integrations.change(ANN, id, draft(ELSEWHERE, null)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.fields()).containsKey("api-token"));
    assertThatThrownBy(() -> integrations.change(ANN, id, draft(HERE, null)))
        .isInstanceOf(ProblemException.class);
    integrations.change(ANN, id, draft(HERE, "right"));
    assertThat(integrations.check(ANN, id).ok()).isTrue();
    assertThat(integrity.look()).isEmpty();
  }

  @Test
  void staysWhereTheServerChangesSomethingElse() {
    integrations.change(ANN, id, draft(HERE, null));

    assertThat(integrity.look()).isEmpty();
    assertThat(integrations.check(ANN, id).ok()).isTrue();
  }

  @Test
  void isBoundWhereAnOlderVersionHasSealedIt() throws Exception {
    String older =
        core.get(Secrets.class).seal("integration:" + id + ":api-token", "right".toCharArray());
    past("update integration_secret set sealed = '" + older + "'");
    assertThat(integrity.look()).hasSize(1);
    core.inTransaction(
        () -> {
          core.get(SecretSeals.class).bindOlder(new SealingBegun(SealingBegun.NOTHING));
          return true;
        });

    assertThat(integrity.look()).isEmpty();
    assertThat(integrations.check(ANN, id).ok()).isTrue();
  }
}
