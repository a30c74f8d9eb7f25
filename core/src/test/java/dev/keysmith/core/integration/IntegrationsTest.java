package dev.keysmith.core.integration;

import static dev.keysmith.core.access.NamedCaller.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.imports.FakeIdentityProvider;
import dev.keysmith.core.imports.FakeIdentityProviderFactory;
import dev.keysmith.core.imports.ImportPlan;
import dev.keysmith.core.imports.ImportPlan.Mode;
import dev.keysmith.core.imports.Imports;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.problem.PluginMessage;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.secret.MasterKeyCheck;
import dev.keysmith.core.secret.Secrets;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IntegrationsTest {

  private static final Actor ANN = Actor.operator(1, "ann");
  private static final String A = "https://a.example";
  private static final String B = "https://b.example";

  @RegisterExtension final Core core = new Core();

  private final Integrations integrations = core.get(Integrations.class);
  private final FakeIdentityProvider a = new FakeIdentityProvider();
  private final FakeIdentityProvider b = new FakeIdentityProvider();

  @BeforeEach
  void serve() {
    FakeIdentityProviderFactory.serve(core.get(Plugins.class), A, a);
    FakeIdentityProviderFactory.serve(core.get(Plugins.class), B, b);
    core.get(MasterKeyCheck.class).run();
  }

  @Test
  void keepsSettingsAndNamesOfSecretsButGivesNoSecretOut() {
    long id = integrations.create(ANN, draft(A, "right")).id();
    Integration kept = integrations.find(id);
    assertThat(kept.label()).isEqualTo("Example");
    assertThat(kept.settings()).containsExactlyEntriesOf(Map.of("origin", A));
    assertThat(kept.secretNames()).containsExactly("api-token");
    assertThat(kept.sealedSecrets().values()).noneMatch(text -> text.contains("right"));
    assertThat(kept.toString()).doesNotContain("right");
    assertThat(integrations.check(ANN, id).ok()).isTrue();
  }

  @Test
  void tellsWhatIsWrongWithTheCredential() {
    long id = integrations.create(ANN, draft(A, "wrong")).id();
    LastCheck check = integrations.check(ANN, id);
    assertThat(check)
        .isEqualTo(
            new LastCheck(
                core.clock().instant(),
                false,
                Optional.of(Reason.MISCONFIGURED),
                Message.of(PluginMessage.MISCONFIGURED, "The API token is not valid.")));
    assertThat(integrations.find(id).lastCheck()).contains(check);
    assertThat(audited("integration.checked")).isOne();
  }

  @Test
  void givesTheWordsOfTheProviderWhenItWorks() {
    a.answersCheckWith("Reached A as ann.");
    long id = integrations.create(ANN, draft(A, "right")).id();
    assertThat(integrations.check(ANN, id))
        .isEqualTo(LastCheck.good(core.clock().instant(), "Reached A as ann."));
  }

  @Test
  void survivesAPluginThatBreaksItsContractAndRepeatsNothingItSays() {
    long id = integrations.create(ANN, draft(A, "right")).id();
    a.meanwhile(
        () -> {
          throw new IllegalStateException("token=s3cret");
        });
    LastCheck check = integrations.check(ANN, id);
    assertThat(check.ok()).isFalse();
    assertThat(check.message().toString())
        .contains("IllegalStateException")
        .doesNotContain("s3cret");
  }

  @Test
  void forgetsTheLastCheckWhenTheSettingsChange() {
    long id = integrations.create(ANN, draft(A, "right")).id();
    integrations.check(ANN, id);
    integrations.change(ANN, id, draft(A, "wrong"));
    assertThat(integrations.find(id).lastCheck()).isEmpty();
  }

  @Test
  void doesNotKeepACheckOfSettingsThatChangedMeanwhile() {
    long id = integrations.create(ANN, draft(A, "right")).id();
    a.meanwhile(() -> integrations.change(ANN, id, draft(A, "wrong")));
    assertThat(integrations.check(ANN, id).ok()).isTrue();
    assertThat(integrations.find(id).lastCheck()).isEmpty();
  }

  @Test
  void checksSettingsBeforeTheyAreSavedAndClosesWhatItOpened() {
    a.answersCheckWith("Reached A.");
    assertThat(integrations.checkSettings(draft(A, "wrong")).message())
        .isEqualTo(Message.of(PluginMessage.MISCONFIGURED, "The API token is not valid."));
    assertThat(integrations.checkSettings(draft(A, "right")).message())
        .isEqualTo(Message.of(IntegrationMessage.WORKS, "Reached A."));
    assertThat(integrations.list(PageRequest.first()).items()).isEmpty();
    assertThat(a.closed()).isEqualTo(2);
  }

  @Test
  void checksChangedSettingsWithTheSecretsItHas() {
    long id = integrations.create(ANN, draft(A, "right")).id();
    assertThat(integrations.checkSettings(id, draft(A, null)).ok()).isTrue();
    assertThat(integrations.checkSettings(id, draft(A, "wrong")).ok()).isFalse();
    assertThat(integrations.check(ANN, id).ok()).isTrue();
  }

  @Test
  void keepsASecretThatIsLeftOutAndDropsOneThatIsEmptied() {
    IntegrationDraft both = draft(A, "right");
    both.secrets().put("second", "other".toCharArray());
    long id = integrations.create(ANN, both).id();

    IntegrationDraft renamed = new IntegrationDraft("New", "fake", Map.of("origin", A), Map.of());
    assertThat(integrations.change(ANN, id, renamed).secretNames())
        .containsExactlyInAnyOrder("api-token", "second");
    assertThat(integrations.check(ANN, id).ok()).isTrue();

    IntegrationDraft emptied =
        new IntegrationDraft("New", "fake", Map.of("origin", A), Map.of("second", new char[0]));
    assertThat(integrations.change(ANN, id, emptied).secretNames()).containsExactly("api-token");
  }

  @Test
  void sendsACredentialNowhereElseThanWhereItWasEnteredFor() {
    IntegrationDraft both = draft(A, "right");
    both.secrets().put("second", "other".toCharArray());
    long id = integrations.create(ANN, both).id();

    assertThatThrownBy(() -> integrations.change(ANN, id, draft(B, null)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.fields()).containsOnlyKeys("api-token"));
    assertThatThrownBy(() -> integrations.checkSettings(id, draft(B, null)))
        .isInstanceOf(ProblemException.class);
    assertThat(integrations.change(ANN, id, draft(B, "right")).secretNames())
        .containsExactly("api-token");
  }

  @Test
  void refusesASecondIntegrationForTheSameAddress() {
    integrations.create(ANN, draft(A, "right"));
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> integrations.create(ANN, draft("https://A.example/", "x")));
    assertThat(problem.kind()).isEqualTo(ProblemException.Kind.CONFLICT);
    assertThat(problem).hasMessageContaining("Example").hasMessageContaining(A);

    long other = integrations.create(ANN, draft(B, "right")).id();
    assertThatThrownBy(() -> integrations.change(ANN, other, draft(A, "right")))
        .isInstanceOf(ProblemException.class);
    assertThat(integrations.find(other).origin()).contains(B);
  }

  @Test
  void storesNothingWhenASettingIsWrong() {
    assertThatThrownBy(() -> integrations.create(ANN, draft("a.example", "right")))
        .isInstanceOf(ProblemException.class);
    assertThat(integrations.list(PageRequest.first()).items()).isEmpty();
  }

  @Test
  void doesNotChangeThePlugin() {
    long id = integrations.create(ANN, draft(A, "right")).id();
    assertThatThrownBy(
            () ->
                integrations.change(
                    ANN, id, new IntegrationDraft("Example", "okta", Map.of(), Map.of())))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.fields()).containsOnlyKeys("plugin"));
  }

  @Test
  void sharesOneProviderUntilTheSettingsChange() {
    long id = integrations.create(ANN, draft(A, "right")).id();
    integrations.open(id);
    integrations.open(id);
    integrations.check(ANN, id);
    assertThat(a.opened()).isOne();

    integrations.change(ANN, id, draft(A, "right"));
    integrations.open(id);
    assertThat(a.opened()).isEqualTo(2);
    assertThat(a.closed()).as("calls may be under way").isZero();

    core.clock().advance(Duration.ofMinutes(2));
    integrations.open(id);
    assertThat(a.closed()).isOne();
  }

  @Test
  void opensNothingThatIsSwitchedOff() {
    long id = integrations.create(ANN, draft(A, "right")).id();
    integrations.enable(ANN, id, false);
    assertThatThrownBy(() -> integrations.open(id))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("integration.disabled");
    assertThat(integrations.check(ANN, id).ok()).as("a check is allowed").isTrue();
    integrations.enable(ANN, id, true);
    assertThat(integrations.open(id)).isNotNull();
  }

  @Test
  void isRemovedWithItsUsers() {
    long id = integrations.create(ANN, draft(A, "right")).id();
    a.users(3).group("g", "u1");
    core.get(Imports.class).start(ANN, id, ImportPlan.whole(Mode.NEW_ONLY));
    core.deliver();
    integrations.remove(ANN, id);
    assertThatThrownBy(() -> integrations.find(id)).isInstanceOf(ProblemException.class);
    assertThat(core.get(Users.class).list(PageRequest.first()).items()).isEmpty();
    assertThat(audited("integration.removed")).isOne();
  }

  @Test
  void sealsItsSecretsAgainAfterAKeyRotation() {
    long id = integrations.create(ANN, draft(A, "right")).id();
    Map<String, String> before = integrations.find(id).sealedSecrets();
    core.get(Secrets.class).rotate(ANN);
    core.deliver();
    assertThat(integrations.find(id).sealedSecrets()).isNotEqualTo(before);
    assertThat(integrations.check(ANN, id).ok()).isTrue();
  }

  @Test
  void keepsItsProviderWhenThePluginIsOutOfReach() {
    long id = integrations.create(ANN, draft(A, "right")).id();
    a.failsWith(new PluginException(Reason.UNAVAILABLE, "No answer from A."));
    assertThat(integrations.check(ANN, id).message())
        .isEqualTo(Message.of(PluginMessage.UNAVAILABLE, "No answer from A."));
    assertThat(integrations.check(ANN, id).ok()).isTrue();
    assertThat(a.opened()).isOne();
  }

  @Test
  void tellsOneOfTwoWhoAddTheSameAtOnceThatTheOtherWasFirst() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 10; round++) {
        String origin = "https://round-" + round + ".example";
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<String> adding =
            () -> {
              together.await();
              try {
                return "added "
                    + SERVER.call(() -> integrations.create(ANN, draft(origin, "right"))).label();
              } catch (ProblemException e) {
                return e.code();
              }
            };
        List<String> outcomes = new ArrayList<>();
        for (Future<String> each : threads.invokeAll(List.of(adding, adding))) {
          outcomes.add(each.get());
        }
        assertThat(outcomes)
            .hasSize(2)
            .contains("added Example")
            .containsAnyOf("integration.exists", "integration.exists-meanwhile");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(audited("integration.created")).isEqualTo(10);
  }

  private static IntegrationDraft draft(
      String origin, @org.jspecify.annotations.Nullable String token) {
    Map<String, char[]> secrets = new HashMap<>();
    if (token != null) {
      secrets.put("api-token", token.toCharArray());
    }
    return new IntegrationDraft("Example", "fake", Map.of("origin", origin), secrets);
  }

  private long audited(String action) {
    return core.get(Audit.class).list(PageRequest.first().with("action", action)).total();
  }
}
