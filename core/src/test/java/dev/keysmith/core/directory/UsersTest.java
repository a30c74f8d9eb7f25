package dev.keysmith.core.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.imports.FakeIdentityProvider;
import dev.keysmith.core.imports.FakeIdentityProviderFactory;
import dev.keysmith.core.imports.ImportPlan;
import dev.keysmith.core.imports.ImportPlan.Mode;
import dev.keysmith.core.imports.Imports;
import dev.keysmith.core.integration.IntegrationDraft;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.secret.MasterKeyCheck;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.DirectoryUser.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsersTest {

  private static final Actor ANN = Actor.operator(1, "ann");

  @RegisterExtension final Core core = new Core();

  private final Users users = core.get(Users.class);

  @BeforeEach
  void importSome() {
    FakeIdentityProvider provider =
        new FakeIdentityProvider()
            .user(person("1", "zoe@example.org", "Zoe Adams", Status.ACTIVE))
            .user(person("2", "Bob@example.org", "bob Young", Status.SUSPENDED))
            .user(person("3", "al_x@example.org", "Alex 100%", Status.ACTIVE))
            .user(person("4", "alex@example.org", "ÄNNE", Status.STAGED))
            .group("g", "1", "2")
            .group("h", "2");
    FakeIdentityProviderFactory.serve(core.get(Plugins.class), "https://a.example", provider);
    core.get(MasterKeyCheck.class).run();
    long integration =
        core.get(Integrations.class)
            .create(
                ANN,
                new IntegrationDraft(
                    "A",
                    "fake",
                    Map.of("origin", "https://a.example"),
                    Map.of("api-token", "right".toCharArray())))
            .id();
    Imports imports = core.get(Imports.class);
    imports.start(ANN, integration, ImportPlan.whole(Mode.NEW_ONLY));
    core.deliver();
    imports.start(ANN, integration, ImportPlan.groups(List.of("g", "h"), Mode.NEW_ONLY));
    core.deliver();
  }

  @Test
  void sortsWithoutRegardToCase() {
    assertThat(ids("", Map.of())).containsExactly("3", "4", "2", "1");
    assertThat(ids("name", Map.of())).containsExactly("3", "2", "1", "4");
    assertThat(ids("-name", Map.of())).containsExactly("4", "1", "2", "3");
    assertThat(ids("created", Map.of())).containsExactly("1", "2", "3", "4");
  }

  @Test
  void findsPartsOfLoginNameAndAddress() {
    assertThat(ids("", Map.of("text", "bOB"))).containsExactly("2");
    assertThat(ids("", Map.of("text", "adams"))).containsExactly("1");
    assertThat(ids("", Map.of("text", "mail-3"))).containsExactly("3");
    assertThat(ids("", Map.of("text", "änne"))).containsExactly("4");
  }

  @Test
  void takesWildcardsForWhatTheyAre() {
    assertThat(ids("", Map.of("text", "_"))).containsExactly("3");
    assertThat(ids("", Map.of("text", "%"))).containsExactly("3");
    assertThat(ids("", Map.of("text", "!"))).isEmpty();
  }

  @Test
  void filtersByStatusAndGroup() {
    assertThat(ids("", Map.of("status", "ACTIVE"))).containsExactly("3", "1");
    String group = Long.toString(group("g").id());
    assertThat(ids("", Map.of("group", group))).containsExactly("2", "1");
    assertThat(ids("", Map.of("group", group, "status", "ACTIVE"))).containsExactly("1");
  }

  @Test
  void countsAllThatPassTheFilter() {
    Slice<User> slice = users.list(new PageRequest(1, 1, "", Map.of("text", "example.org")));
    assertThat(slice.total()).isEqualTo(4);
    assertThat(slice.items()).extracting(User::externalId).containsExactly("4");
  }

  @Test
  void refusesAStatusThatThereIsNot() {
    assertThatThrownBy(() -> ids("", Map.of("status", "GONE")))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.fields()).containsOnlyKeys("status"));
  }

  @Test
  void knowsTheGroupsOfAUserAndTheSizeOfGroups() {
    User bob = users.list(PageRequest.first().with("text", "bob")).items().get(0);
    assertThat(users.groupsOf(bob.id()))
        .extracting(Group::name)
        .containsExactly("Group g", "Group h");
    Group g = group("g");
    Group h = group("h");
    assertThat(core.get(Groups.class).memberCounts(List.of(g.id(), h.id())))
        .containsExactlyInAnyOrderEntriesOf(Map.of(g.id(), 2L, h.id(), 1L));
  }

  @Test
  void saysNothingPersonalInItsText() {
    assertThat(users.list(PageRequest.first().with("text", "zoe")).items().get(0).toString())
        .doesNotContainIgnoringCase("zoe");
  }

  @Test
  void tellsThatAUserDoesNotExist() {
    assertThatThrownBy(() -> users.find(-1))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.kind()).isEqualTo(ProblemException.Kind.NOT_FOUND));
  }

  private List<String> ids(String sort, Map<String, String> filters) {
    return users.list(new PageRequest(0, 50, sort, filters)).items().stream()
        .map(User::externalId)
        .toList();
  }

  private Group group(String externalId) {
    return core.get(Groups.class).list(PageRequest.first()).items().stream()
        .filter(group -> group.externalId().equals(externalId))
        .findFirst()
        .orElseThrow();
  }

  private static DirectoryUser person(String id, String login, String name, Status status) {
    return new DirectoryUser(id, login, name, Optional.of("mail-" + id + "@example.org"), status);
  }
}
