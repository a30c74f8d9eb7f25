package dev.keysmith.core.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.UserImported;
import dev.keysmith.core.directory.UserLeft;
import dev.keysmith.core.imports.ImportPlan.Mode;
import dev.keysmith.core.imports.ImportRun.State;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.DirectoryUser.Status;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom imports take in, change and mark. */
class ImportedUsersTest extends ImportTests {

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
    assertThat(doubtful.error()).contains(Message.of(ImportMessage.DOUBT, 19, 21));
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
    assertThat(run.note()).contains(Message.of(ImportMessage.NO_GROUP, "Group g2"));
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
    assertThat(run.error()).contains(Message.of(ImportMessage.NO_GROUP_CHOSEN, "nowhere"));
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
    imports.writeProblems(run.id(), report, Message::toString);
    assertThat(report.toString().lines())
        .hasSize(4)
        .contains(",y,skipped.login", ",z,skipped.name");
  }
}
