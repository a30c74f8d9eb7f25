package dev.keysmith.core.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.enrolment.ScriptedProvider.Crash;
import dev.keysmith.core.event.DeadLetters;
import dev.keysmith.core.imports.ImportPlan.Mode;
import dev.keysmith.core.imports.ImportRun.State;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.problem.PluginMessage;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How imports run, wait, go on and end. */
class ImportCourseTest extends ImportTests {

  @Test
  void beginsTheListAnewWhenItsCursorHasExpired() {
    provider.users(5).pagesOf(2);
    provider
        .meanwhile(() -> {})
        .failsWith(new PluginException(Reason.EXPIRED, "The cursor is no longer valid."));
    assertThat(whole(Mode.NEW_ONLY).counts()).isEqualTo(new ImportCounts(5, 5, 0, 0, 0, 0));
    assertThat(provider.journal())
        .containsExactly(
            "WholeDirectory 0", "WholeDirectory 0", "WholeDirectory 2", "WholeDirectory 4");
  }

  @Test
  void givesUpWhenCursorsExpireAgainAndAgain() {
    provider.users(5).pagesOf(2);
    for (int i = 0; i < 6; i++) {
      provider
          .meanwhile(() -> {})
          .failsWith(new PluginException(Reason.EXPIRED, "The cursor is no longer valid."));
    }
    assertThat(why(whole(Mode.NEW_ONLY))).contains("The cursor is no longer valid.");
  }

  @Test
  void endsWithTheProvidersWordsWhenAnAdministratorMustAct() {
    provider.failsWith(new PluginException(Reason.MISCONFIGURED, "Enter a valid token."));
    ImportRun run = whole(Mode.NEW_ONLY);
    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(why(run)).contains("plugin.misconfigured", "Enter a valid token.");
    assertThat(run.endedAt()).isPresent();
    assertThat(audited("import.failed")).hasSize(1);
    assertThat(core.queued()).isZero();
  }

  @Test
  void goesOnWhereItStoodAfterACrash() {
    provider
        .users(6)
        .pagesOf(2)
        .meanwhile(() -> {})
        .meanwhile(() -> {})
        .meanwhile(() -> core.breakWith(new Crash()));
    ImportRun interrupted = whole(Mode.NEW_ONLY);
    assertThat(interrupted.state()).isEqualTo(State.RUNNING);
    assertThat(interrupted.counts().created()).isEqualTo(4);
    assertThat(heard.imported()).isEmpty();

    core.deliverAfter(Duration.ofMinutes(15));
    assertThat(imports.find(interrupted.id()).state()).isEqualTo(State.DONE);
    assertThat(provider.journal())
        .containsExactly(
            "WholeDirectory 0", "WholeDirectory 2", "WholeDirectory 4", "WholeDirectory 4");
    assertThat(heard.imported()).hasSize(6);
  }

  @Test
  void endsAnImportThatFailsAgainAndAgain() {
    for (int attempt = 0; attempt < 20; attempt++) {
      provider.meanwhile(() -> core.breakWith(new Crash()));
    }
    ImportRun run = whole(Mode.NEW_ONLY);
    assertThat(run.state()).isEqualTo(State.RUNNING);
    List<State> watched = new ArrayList<>();
    imports.watch(run.id(), progress -> watched.add(progress.state()));
    for (int attempt = 0; attempt < 20; attempt++) {
      core.deliverAfter(Duration.ofMinutes(15));
    }

    ImportRun ended = imports.find(run.id());
    assertThat(ended.state()).isEqualTo(State.FAILED);
    assertThat(why(ended)).contains("import.given-up", "event.fault", "Crash");
    assertThat(imports.progress(run.id()).state()).isEqualTo(State.FAILED);
    assertThat(watched).last().isEqualTo(State.FAILED);
    assertThat(audited("import.failed")).hasSize(1);
    assertThat(core.get(DeadLetters.class).count()).isOne();
    assertThat(whole(Mode.NEW_ONLY).state()).isEqualTo(State.DONE);
  }

  @Test
  void runsThreeImportsAtOnceAndKeepsTheFourthWaiting() {
    List<Long> ids = new ArrayList<>();
    FakeIdentityProvider others = new FakeIdentityProvider();
    for (String origin : List.of("https://b.example", "https://c.example", "https://d.example")) {
      FakeIdentityProviderFactory.serve(core.get(Plugins.class), origin, others);
      ids.add(imports.start(ANN, connect(origin), ImportPlan.whole(Mode.NEW_ONLY)).id());
    }
    long fourth = imports.start(ANN, integration, ImportPlan.whole(Mode.NEW_ONLY)).id();
    ImportRunner runner = core.get(ImportRunner.class);
    others.meanwhile(() -> runner.run(new ImportRequested(ids.get(1))));
    others.meanwhile(() -> runner.run(new ImportRequested(ids.get(2))));
    others.meanwhile(core::deliver);
    runner.run(new ImportRequested(ids.get(0)));

    assertThat(ids).allSatisfy(id -> assertThat(imports.find(id).state()).isEqualTo(State.DONE));
    assertThat(imports.find(fourth).state()).isEqualTo(State.QUEUED);

    core.deliverAfter(Duration.ofSeconds(5));
    assertThat(imports.find(fourth).state()).isEqualTo(State.DONE);
    assertThat(core.queued()).isZero();
  }

  @Test
  void refusesASecondImportWhileOneIsUnderWay() {
    provider.users(1);
    ImportRun first = imports.start(ANN, integration, ImportPlan.whole(Mode.NEW_ONLY));
    assertThatThrownBy(() -> imports.start(ANN, integration, ImportPlan.whole(Mode.NEW_ONLY)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ProblemException.Kind.CONFLICT);
              assertThat(e.code()).isEqualTo("import.under-way");
            });
    core.deliver();
    assertThat(imports.find(first.id()).state()).isEqualTo(State.DONE);
    assertThat(whole(Mode.NEW_ONLY).state()).isEqualTo(State.DONE);
  }

  @Test
  void writesNothingMoreOnceItIsCancelled() {
    List<Long> id = new ArrayList<>();
    provider
        .users(6)
        .pagesOf(2)
        .meanwhile(() -> {})
        .meanwhile(() -> imports.cancel(ANN, id.get(0)));
    id.add(imports.start(ANN, integration, ImportPlan.whole(Mode.NEW_ONLY)).id());
    core.deliver();
    assertThat(imports.find(id.get(0)).state()).isEqualTo(State.CANCELLED);
    assertThat(users.list(PageRequest.first()).total()).isEqualTo(2);
    assertThat(heard.imported()).isEmpty();
    assertThat(audited("import.cancelled")).hasSize(1);

    imports.cancel(ANN, id.get(0));
    assertThat(audited("import.cancelled")).hasSize(1);

    whole(Mode.NEW_ONLY);
    assertThat(heard.imported()).as("those of the cancelled import too").hasSize(6);
  }

  @Test
  void isWokenFromAWaitWhenItIsCancelled() {
    List<Long> id = new ArrayList<>();
    provider.users(1).failsWith(PluginException.rateLimited("Wait.", Duration.ofDays(1)));
    id.add(imports.start(ANN, integration, ImportPlan.whole(Mode.NEW_ONLY)).id());
    Runnable ended =
        imports.watch(
            id.get(0),
            progress -> progress.waiting().ifPresent(wait -> imports.cancel(ANN, id.get(0))));
    core.deliver();
    ended.run();
    assertThat(imports.find(id.get(0)).state()).isEqualTo(State.CANCELLED);
    assertThat(imports.progress(id.get(0)).waiting()).isEmpty();
  }

  @Test
  void tellsAnotherNodeWhatItWaitsFor() {
    provider.users(1).failsWith(PluginException.rateLimited("Wait.", Duration.ofDays(1)));
    long id = imports.start(ANN, integration, ImportPlan.whole(Mode.NEW_ONLY)).id();
    List<ImportProgress> there = new ArrayList<>();
    Runnable ended =
        imports.watch(
            id,
            progress -> {
              if (progress.waiting().isPresent()) {
                core.restart(LiveImports.class);
                there.add(imports.progress(id));
                imports.cancel(ANN, id);
              }
            });
    core.deliver();
    ended.run();
    assertThat(there)
        .singleElement()
        .satisfies(
            progress ->
                assertThat(progress.waiting())
                    .contains(
                        new ImportProgress.Waiting(
                            Message.of(PluginMessage.RATE_LIMITED, "Wait."),
                            core.clock().instant().plus(Duration.ofDays(1)))));
  }

  static Stream<Throwable> whateverAPluginThrows() {
    return Stream.of(
        new IllegalStateException("with u1@example.org in it"),
        new NullPointerException(),
        new NoClassDefFoundError("com/example/Gone"),
        new StackOverflowError(),
        new AssertionError());
  }

  @ParameterizedTest
  @MethodSource("whateverAPluginThrows")
  void endsWithAReasonWhateverThePluginThrows(Throwable fault) {
    provider.users(2).meanwhile(() -> ImportCourseTest.<RuntimeException>raise(fault));
    ImportRun run = whole(Mode.NEW_ONLY);
    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(why(run))
        .contains(fault.getClass().getSimpleName(), "Report it to its maker")
        .doesNotContain("u1@example.org");
    assertThat(whole(Mode.NEW_ONLY).state()).as("the next import").isEqualTo(State.DONE);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void raise(Throwable fault) throws E {
    throw (E) fault;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void endsWithAReasonWhenTheListOfUsersGoesRoundInACircle(int pages) {
    provider.users(20).pagesOf(2).goingRoundIn(pages);
    ImportRun run = whole(Mode.NEW_ONLY);
    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.error()).contains(Message.of(ImportMessage.NO_END));
    assertThat(provider.journal()).hasSizeLessThan(5 * pages + 5);
  }

  @Test
  void showsItsProgressAndItsWaits() {
    provider
        .users(4)
        .pagesOf(2)
        .meanwhile(() -> {})
        .failsWith(PluginException.rateLimited("The provider asks for patience.", Duration.ZERO));
    List<ImportProgress> seen = new ArrayList<>();
    long id = imports.start(ANN, integration, ImportPlan.whole(Mode.NEW_ONLY)).id();
    Runnable ended = imports.watch(id, seen::add);
    core.deliver();
    ended.run();
    assertThat(seen)
        .filteredOn(progress -> progress.waiting().isPresent())
        .singleElement()
        .satisfies(
            progress -> {
              assertThat(progress.counts().created()).isEqualTo(2);
              assertThat(progress.waiting().orElseThrow().reason())
                  .isEqualTo(
                      Message.of(PluginMessage.RATE_LIMITED, "The provider asks for patience."));
            });
    assertThat(seen.get(seen.size() - 1).state()).isEqualTo(State.DONE);
    assertThat(imports.progress(id).counts().created()).isEqualTo(4);
  }

  @Test
  void doesNotEndWhenAPluginNamesTheSamePageAgainAndAgain() {
    provider.users(4).pagesOf(2).namingTheSamePage();
    ImportRun run = whole(Mode.NEW_ONLY);
    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.error()).contains(Message.of(ImportMessage.NO_END));
  }

  @Test
  void wantsGroupsExactlyIfGroupsAreImported() {
    assertThatThrownBy(
            () -> imports.start(ANN, integration, ImportPlan.groups(List.of(), Mode.NEW_ONLY)))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void asksNothingOfAnIntegrationThatIsSwitchedOff() {
    core.get(Integrations.class).enable(ANN, integration, false);
    assertThatThrownBy(() -> imports.start(ANN, integration, ImportPlan.whole(Mode.NEW_ONLY)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("integration.disabled");
  }

  private static String why(ImportRun failed) {
    return failed.error().orElseThrow().toString();
  }
}
