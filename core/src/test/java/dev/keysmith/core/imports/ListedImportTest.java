package dev.keysmith.core.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.enrolment.ScriptedProvider.Crash;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.imports.ImportPlan.Mode;
import dev.keysmith.core.integration.IntegrationDraft;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.secret.MasterKeyCheck;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.DirectoryUser.Status;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListedImportTest {

  private static final String LONG = "x".repeat(3000);
  private static final Actor ANN = Actor.operator(1, "ann");

  @RegisterExtension final Core core = new Core();

  private final Imports imports = core.get(Imports.class);
  private final FakeIdentityProvider provider = new FakeIdentityProvider();
  private long integration;

  @BeforeEach
  void connect() {
    FakeIdentityProviderFactory.serve(core.get(Plugins.class), "https://list.example", provider);
    core.get(MasterKeyCheck.class).run();
    core.get(ImportListener.class).forget();
    integration =
        core.get(Integrations.class)
            .create(
                ANN,
                new IntegrationDraft(
                    "A",
                    "fake",
                    Map.of("origin", "https://list.example"),
                    Map.of("api-token", "right".toCharArray())))
            .id();
  }

  @Test
  void importsThoseWhoAreListedAndReportsTheOthers() {
    provider.users(100).user("gone", Status.LEFT);

    ImportRun run = listed(Mode.NEW_ONLY, "login;name\nu1;One\nu2;Two\nnobody;X\ngone;Y\nu1;1\n");

    assertThat(run.state()).isEqualTo(ImportRun.State.DONE);
    assertThat(run.counts()).isEqualTo(new ImportCounts(2, 2, 0, 0, 0, 3));
    assertThat(core.get(Users.class).list(PageRequest.first()).total()).isEqualTo(2);
    assertThat(core.get(ImportListener.class).imported()).hasSize(2);
    StringWriter report = new StringWriter();
    imports.writeProblems(run.id(), report, Message::toString);
    assertThat(report.toString().lines())
        .containsExactly(
            "line,user,problem",
            "4,nobody,skipped.unknown",
            "5,gone,skipped.left",
            "6,u1,import-line.repeated {line=2}");
  }

  @Test
  void updatesThoseWhoAreKnownOnlyIfAskedToAndLeavesTheOthersAlone() {
    provider.users(3);
    listed(Mode.NEW_ONLY, "u1\nu3\n");
    provider.user(
        new DirectoryUser("u1", "new@example.org", "New", Optional.empty(), Status.ACTIVE));

    assertThat(listed(Mode.NEW_ONLY, "u1\nu2\n").counts())
        .isEqualTo(new ImportCounts(2, 1, 0, 1, 0, 0));
    assertThat(listed(Mode.NEW_AND_UPDATE, "u1\n").counts())
        .isEqualTo(new ImportCounts(1, 0, 1, 0, 0, 0));
    assertThat(core.get(Users.class).list(PageRequest.first().with("status", "LEFT")).total())
        .isZero();
  }

  @Test
  void failsInTheWordsOfTheProviderAndCanBeRepeated() {
    provider.users(60);
    String list =
        IntStream.rangeClosed(1, 60).mapToObj(n -> "u" + n).collect(Collectors.joining("\n"));
    provider.failsWith(new PluginException(Reason.MISCONFIGURED, "Wrong token."));

    ImportRun failed = listed(Mode.NEW_ONLY, list);
    ImportRun again = listed(Mode.NEW_ONLY, list);

    assertThat(failed.state()).isEqualTo(ImportRun.State.FAILED);
    assertThat(failed.error().orElseThrow().toString()).contains("Wrong token.");
    assertThat(again.counts()).isEqualTo(new ImportCounts(60, 60, 0, 0, 0, 0));
  }

  @Test
  void takesTheRefusalOfOneUserForThatLineAlone() {
    provider
        .users(3)
        .meanwhile(() -> {})
        .failsWith(new PluginException(Reason.REJECTED, "No such login can be asked for. " + LONG));

    ImportRun run = listed(Mode.NEW_ONLY, "u1\ncorp/u2\nu3\n");

    assertThat(run.state()).isEqualTo(ImportRun.State.DONE);
    assertThat(run.counts()).isEqualTo(new ImportCounts(2, 2, 0, 0, 0, 1));
    assertThat(imports.problems(run.id(), 10))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.line()).isEqualTo(2);
              assertThat(each.user()).isEqualTo("corp/u2");
              assertThat(each.problem().is(ImportMessage.USER_REFUSED)).isTrue();
              assertThat((String) each.problem().arguments().get("text"))
                  .startsWith("No such login can be asked for.")
                  .hasSize(1000);
            });
  }

  @Test
  void goesOnWithAListAtTheLineAtWhichItFailed() {
    provider.users(60);
    String list =
        IntStream.rangeClosed(1, 60).mapToObj(n -> "u" + n).collect(Collectors.joining("\n"));
    for (int line = 0; line < 30; line++) {
      provider.meanwhile(() -> {});
    }
    provider.meanwhile(() -> core.breakWith(new Crash()));
    ImportRun failed = listed(Mode.NEW_ONLY, list);
    core.get(ImportSteps.class).fail(failed.id(), Message.of(ImportMessage.UNDER_WAY, "x"));
    assertThat(imports.find(failed.id()).counts().created()).isEqualTo(25);

    imports.goOn(ANN, failed.id());
    core.deliver();

    assertThat(imports.find(failed.id()).state()).isEqualTo(ImportRun.State.DONE);
    assertThat(imports.find(failed.id()).counts()).isEqualTo(new ImportCounts(60, 60, 0, 0, 0, 0));
  }

  @Test
  void startsNothingForAListThatCannotBeRead() {
    assertThatThrownBy(() -> listed(Mode.NEW_ONLY, "a,b\nc,d\n"))
        .hasMessageContaining("import.list-titles");
    assertThat(imports.list(PageRequest.first()).total()).isZero();
  }

  private ImportRun listed(Mode mode, String csv) {
    ImportRun run =
        imports.startListed(ANN, integration, mode, csv.getBytes(StandardCharsets.UTF_8));
    core.deliver();
    return imports.find(run.id());
  }
}
