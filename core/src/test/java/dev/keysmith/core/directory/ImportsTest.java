package dev.keysmith.core.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.AuditEntry;
import dev.keysmith.core.directory.ImportPlan.Mode;
import dev.keysmith.core.directory.ImportRun.State;
import dev.keysmith.core.event.ParkedEvents;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.integration.IntegrationDraft;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.secret.MasterKeyCheck;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.DirectoryUser.Status;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ImportsTest {

  private static final Actor ANN = Actor.operator("ann");

  @RegisterExtension final Core core = new Core();

  private final Imports imports = core.get(Imports.class);
  private final Users users = core.get(Users.class);
  private final Groups groups = core.get(Groups.class);
  private final ImportListener heard = core.get(ImportListener.class);
  private final FakeIdentityProvider provider = new FakeIdentityProvider();
  private long integration;

  @BeforeEach
  void connect() {
    heard.forget();
    FakeIdentityProviderFactory.serve(core.get(Plugins.class), "https://a.example", provider);
    core.get(MasterKeyCheck.class).run();
    integration = connect("https://a.example");
  }

  private long connect(String origin) {
    return core.get(Integrations.class)
        .create(
            ANN,
            new IntegrationDraft(
                "A", "fake", Map.of("origin", origin), Map.of("api-token", "right".toCharArray())))
        .id();
  }

  @Test
  void importsTheWholeDirectoryPageByPage() {
    provider.users(450);
    ImportRun run = whole(Mode.NEW_ONLY);
    assertThat(run.state()).isEqualTo(State.DONE);
    assertThat(run.counts()).isEqualTo(new ImportCounts(450, 450, 0, 0, 0, 0));
    assertThat(users.list(PageRequest.first()).total()).isEqualTo(450);
    assertThat(provider.journal())
        .containsExactly("WholeDirectory 0", "WholeDirectory 200", "WholeDirectory 400");
    User user = user("u7");
    assertThat(user.login()).isEqualTo("u7@example.org");
    assertThat(user.displayName()).isEqualTo("Person u7");
    assertThat(user.email()).contains("u7@example.org");
    assertThat(user.importedAt()).isEqualTo(core.clock().instant());
  }

  @Test
  void changesNothingWhenNothingHasChanged() {
    provider.users(30).group("g", "u1", "u2");
    whole(Mode.NEW_AND_UPDATE);
    group("g");
    heard.forget();
    core.clock().advance(Duration.ofHours(1));
    ImportRun second = whole(Mode.NEW_AND_UPDATE);
    assertThat(second.counts()).isEqualTo(new ImportCounts(30, 0, 0, 30, 0, 0));
    assertThat(heard.imported()).isEmpty();
    assertThat(heard.left()).isEmpty();
    assertThat(members("g")).containsExactlyInAnyOrder("u1", "u2");
    assertThat(user("u1").lastSeenAt()).isEqualTo(core.clock().instant());
  }

  @Test
  void updatesWhatHasChangedOnlyIfAskedTo() {
    provider.users(3);
    whole(Mode.NEW_ONLY);
    provider.user(
        new DirectoryUser("u1", "new@example.org", "New", Optional.empty(), Status.SUSPENDED));

    assertThat(whole(Mode.NEW_ONLY).counts().updated()).isZero();
    assertThat(user("u1").login()).isEqualTo("u1@example.org");

    assertThat(whole(Mode.NEW_AND_UPDATE).counts()).isEqualTo(new ImportCounts(3, 0, 1, 2, 0, 0));
    User changed = user("u1");
    assertThat(changed.login()).isEqualTo("new@example.org");
    assertThat(changed.displayName()).isEqualTo("New");
    assertThat(changed.email()).isEmpty();
    assertThat(changed.status()).isEqualTo(Status.SUSPENDED);
  }

  @Test
  void tellsOfEachNewUserOnceAndWhenAllTheirGroupsAreKnown() {
    provider.users(2).group("g1", "u1").group("g2", "u1", "u2");
    groups("g1", "g2");
    assertThat(heard.imported())
        .extracting(UserImported::integrationId)
        .containsExactly(integration, integration);
    assertThat(heard.groupsWhenImported())
        .containsExactlyInAnyOrderEntriesOf(Map.of("u1", List.of("g1", "g2"), "u2", List.of("g2")));
  }

  @Test
  void marksWhoIsNoLongerListedAndDeletesNobody() {
    provider.users(5);
    whole(Mode.NEW_AND_UPDATE);
    provider.withoutUser("u2").user("u3", Status.LEFT);
    ImportRun run = whole(Mode.NEW_AND_UPDATE);
    assertThat(run.counts()).isEqualTo(new ImportCounts(3, 0, 0, 3, 2, 0));
    assertThat(user("u2").status()).isEqualTo(Status.LEFT);
    assertThat(heard.left())
        .containsExactlyInAnyOrder(new UserLeft(user("u2").id()), new UserLeft(user("u3").id()));
    assertThat(audited("user.left")).hasSize(2);

    heard.forget();
    assertThat(whole(Mode.NEW_AND_UPDATE).counts().left()).isZero();
    assertThat(heard.left()).isEmpty();
  }

  @Test
  void tellsOfAUserWhoReturnsAsOfANewOne() {
    provider.users(5);
    whole(Mode.NEW_AND_UPDATE);
    provider.withoutUser("u2");
    whole(Mode.NEW_AND_UPDATE);
    heard.forget();
    provider.user("u2", Status.ACTIVE);
    whole(Mode.NEW_AND_UPDATE);
    assertThat(user("u2").status()).isEqualTo(Status.ACTIVE);
    assertThat(heard.imported()).extracting(UserImported::userId).containsExactly(user("u2").id());
  }

  @Test
  void marksAMemberWhoWasDeactivatedWhenAGroupIsImported() {
    provider.users(2).group("g", "u1", "u2");
    group("g");
    provider.user("u2", Status.LEFT);
    assertThat(group("g").counts()).isEqualTo(new ImportCounts(2, 0, 0, 1, 1, 0));
    assertThat(heard.left()).containsExactly(new UserLeft(user("u2").id()));
  }

  @Test
  void takesNobodyInWhoHasLeftAlready() {
    provider.user("u1", Status.LEFT).user("u2", Status.STAGED).group("g", "u1", "u2");
    assertThat(group("g").counts().created()).isOne();
    assertThat(members("g")).containsExactly("u2");
  }

  @Test
  void marksNobodyWhenMostUsersSeemToHaveLeftUntilThatIsConfirmed() {
    provider.users(40);
    whole(Mode.NEW_AND_UPDATE);
    for (int i = 1; i <= 21; i++) {
      provider.withoutUser("u" + i);
    }
    ImportRun doubtful = whole(Mode.NEW_AND_UPDATE);
    assertThat(doubtful.state()).isEqualTo(State.FAILED);
    assertThat(doubtful.error()).hasValueSatisfying(text -> assertThat(text).contains("19", "21"));
    assertThat(heard.left()).isEmpty();

    ImportRun confirmed = run(ImportPlan.whole(Mode.NEW_AND_UPDATE).evenIfManyLeft());
    assertThat(confirmed.state()).isEqualTo(State.DONE);
    assertThat(confirmed.counts().left()).isEqualTo(21);
  }

  @Test
  void marksNobodyWhenNobodyIsListed() {
    provider.users(2);
    whole(Mode.NEW_AND_UPDATE);
    provider.withoutUser("u1").withoutUser("u2");
    assertThat(whole(Mode.NEW_AND_UPDATE).state()).isEqualTo(State.FAILED);
    assertThat(user("u1").status()).isEqualTo(Status.ACTIVE);
  }

  @Test
  void importsOnlyTheMembersOfAGroupAndForgetsThoseWhoAreNoLongerIn() {
    provider.users(500).group("g", ids(450));
    assertThat(group("g").counts().created()).isEqualTo(450);
    assertThat(members("g")).hasSize(450);

    provider.group("g", "u1", "u500");
    ImportRun second = group("g");
    assertThat(second.counts()).isEqualTo(new ImportCounts(2, 1, 0, 1, 0, 0));
    assertThat(members("g")).containsExactlyInAnyOrder("u1", "u500");
    assertThat(user("u2").status()).isEqualTo(Status.ACTIVE);
  }

  @Test
  void refreshesKnownGroupsWithTheWholeDirectory() {
    provider.users(3).group("g1", "u1").group("g2", "u1").group("other", "u1");
    groups("g1", "g2");
    provider.group("g1", "u2", "u3").withoutGroup("g2");
    ImportRun run = whole(Mode.NEW_ONLY);
    assertThat(run.state()).isEqualTo(State.DONE);
    assertThat(run.note()).hasValueSatisfying(note -> assertThat(note).contains("\"Group g2\""));
    assertThat(members("g1")).containsExactlyInAnyOrder("u2", "u3");
    assertThat(members("g2")).isEmpty();
    assertThat(groups.list(PageRequest.first()).items())
        .extracting(Group::externalId, Group::isGone)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("g1", false),
            org.assertj.core.groups.Tuple.tuple("g2", true));
  }

  @Test
  void failsForAGroupThatNobodyKnows() {
    ImportRun run = group("nowhere");
    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.error())
        .hasValueSatisfying(text -> assertThat(text).contains("nowhere", "Choose the group"));
  }

  @Test
  void storesAUserOnceWhoIsOnSeveralPages() {
    provider.users(10).pagesOf(3).repeatingUsers();
    assertThat(whole(Mode.NEW_AND_UPDATE).counts()).isEqualTo(new ImportCounts(10, 10, 0, 0, 0, 0));
    assertThat(users.list(PageRequest.first()).total()).isEqualTo(10);
  }

  @Test
  void leavesOutAndCountsUsersWhoseDataCannotBeStored() {
    provider
        .users(2)
        .user(new DirectoryUser("x", "l".repeat(256), "X", Optional.empty(), Status.ACTIVE))
        .user(new DirectoryUser("y", " ", "Y", Optional.empty(), Status.ACTIVE))
        .user(new DirectoryUser("z", "z", "Z\0", Optional.empty(), Status.ACTIVE));
    ImportRun run = whole(Mode.NEW_ONLY);
    assertThat(run.state()).isEqualTo(State.DONE);
    assertThat(run.counts()).isEqualTo(new ImportCounts(2, 2, 0, 0, 0, 3));
    assertThat(imports.problems(run.id(), 2))
        .extracting(SkippedUser::user)
        .containsExactly("l".repeat(255), "y");
    StringWriter report = new StringWriter();
    imports.writeProblems(run.id(), report);
    assertThat(report.toString().lines())
        .hasSize(4)
        .contains(
            ",y,\"At the identity provider the login is missing, too long or not storable.\"",
            ",z,\"At the identity provider the name is missing, too long or not storable.\"");
  }

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
    assertThat(whole(Mode.NEW_ONLY).error()).contains("The cursor is no longer valid.");
  }

  @Test
  void endsWithTheProvidersWordsWhenAnAdministratorMustAct() {
    provider.failsWith(new PluginException(Reason.MISCONFIGURED, "Enter a valid token."));
    ImportRun run = whole(Mode.NEW_ONLY);
    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.error()).contains("Enter a valid token.");
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
        .meanwhile(
            () -> {
              throw new IllegalStateException("The process dies here.");
            });
    ImportRun interrupted = whole(Mode.NEW_ONLY);
    assertThat(interrupted.state()).isEqualTo(State.RUNNING);
    assertThat(interrupted.counts().created()).isEqualTo(4);
    assertThat(heard.imported()).isEmpty();

    core.deliverAfter(Duration.ofMinutes(15));
    assertThat(imports.find(interrupted.id()).state()).isEqualTo(State.DONE);
    assertThat(provider.journal())
        .containsExactly("WholeDirectory 0", "WholeDirectory 2", "WholeDirectory 4");
    assertThat(heard.imported()).hasSize(6);
  }

  @Test
  void endsAnImportThatFailsAgainAndAgain() {
    for (int attempt = 0; attempt < 20; attempt++) {
      provider.meanwhile(
          () -> {
            throw new IllegalStateException("The database says no.");
          });
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
    assertThat(ended.error())
        .hasValueSatisfying(
            text -> assertThat(text).contains("IllegalStateException", "Import again"));
    assertThat(imports.progress(run.id()).state()).isEqualTo(State.FAILED);
    assertThat(watched).last().isEqualTo(State.FAILED);
    assertThat(audited("import.failed")).hasSize(1);
    assertThat(core.get(ParkedEvents.class).count()).isOne();
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
                  .isEqualTo("The provider asks for patience.");
            });
    assertThat(seen.get(seen.size() - 1).state()).isEqualTo(State.DONE);
    assertThat(imports.progress(id).counts().created()).isEqualTo(4);
  }

  @Test
  void doesNotEndWhenAPluginNamesTheSamePageAgainAndAgain() {
    provider.users(4).pagesOf(2).namingTheSamePage();
    ImportRun run = whole(Mode.NEW_ONLY);
    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.error()).hasValueSatisfying(text -> assertThat(text).contains("has no end"));
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
        .hasMessageContaining("switched off");
  }

  private ImportRun whole(Mode mode) {
    return run(ImportPlan.whole(mode));
  }

  private ImportRun group(String id) {
    return groups(id);
  }

  private ImportRun groups(String... ids) {
    return run(ImportPlan.groups(List.of(ids), Mode.NEW_AND_UPDATE));
  }

  private ImportRun run(ImportPlan plan) {
    long id = imports.start(ANN, integration, plan).id();
    core.deliver();
    return imports.find(id);
  }

  private User user(String externalId) {
    return users.list(new PageRequest(0, 500, "", Map.of())).items().stream()
        .filter(user -> user.externalId().equals(externalId))
        .findFirst()
        .orElseThrow();
  }

  private List<String> members(String externalId) {
    Group group =
        groups.list(PageRequest.first()).items().stream()
            .filter(each -> each.externalId().equals(externalId))
            .findFirst()
            .orElseThrow();
    return users
        .list(new PageRequest(0, 500, "", Map.of("group", Long.toString(group.id()))))
        .items()
        .stream()
        .map(User::externalId)
        .toList();
  }

  private List<AuditEntry> audited(String action) {
    return core.get(Audit.class).list(PageRequest.first().with("action", action)).items();
  }

  private static String[] ids(int count) {
    String[] ids = new String[count];
    for (int i = 0; i < count; i++) {
      ids[i] = "u" + (i + 1);
    }
    return ids;
  }
}
