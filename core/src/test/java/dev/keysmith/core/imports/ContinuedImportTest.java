package dev.keysmith.core.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.imports.ImportPlan.Mode;
import dev.keysmith.core.imports.ImportRun.State;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.DirectoryUser.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Imports that are refused in their middle, and how they go on. */
class ContinuedImportTest extends ImportTests {

  private static final PluginException GONE =
      new PluginException(Reason.NOT_FOUND, "Nothing is here.");

  @Test
  void outlastsARefusalInItsMiddle() {
    provider
        .users(5)
        .pagesOf(2)
        .meanwhile(() -> {})
        .failsWith(new PluginException(Reason.MISCONFIGURED, "HTTP 403 and a web page."));
    ImportRun run = whole(Mode.NEW_AND_UPDATE);
    assertThat(run.state()).isEqualTo(State.DONE);
    assertThat(run.counts()).isEqualTo(new ImportCounts(5, 5, 0, 0, 0, 0));
  }

  @Test
  void goesOnAtThePageAtWhichItFailed() {
    provider.users(6).group("g1", "u1").pagesOf(2);
    groups("g1");
    provider.user("u7", Status.ACTIVE).meanwhile(() -> {}).failsWith(GONE);
    ImportRun failed = whole(Mode.NEW_AND_UPDATE);
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.counts().seen()).isEqualTo(2);
    assertThat(imports.canGoOn(failed.id())).isTrue();
    int before = provider.journal().size();

    imports.goOn(ANN, failed.id());
    assertThat(imports.find(failed.id()).state()).isEqualTo(State.QUEUED);
    assertThat(imports.find(failed.id()).error()).isEmpty();
    core.deliver();

    ImportRun done = imports.find(failed.id());
    assertThat(done.state()).isEqualTo(State.DONE);
    assertThat(done.counts().seen()).isEqualTo(7);
    assertThat(done.counts().left()).isZero();
    assertThat(done.startedAt()).isEqualTo(failed.startedAt());
    assertThat(provider.journal().subList(before, provider.journal().size()))
        .as("the group once, too")
        .containsExactly("WholeDirectory 2", "WholeDirectory 4", "WholeDirectory 6", "MembersOf 0");
    assertThat(audited("import.continued")).hasSize(1);
  }

  @Test
  void continuesNothingButTheNewestImportIfThatFailed() {
    provider.users(3).pagesOf(2).meanwhile(() -> {}).failsWith(GONE);
    ImportRun failed = whole(Mode.NEW_AND_UPDATE);
    ImportRun later = whole(Mode.NEW_AND_UPDATE);
    assertThat(later.state()).isEqualTo(State.DONE);

    assertThat(imports.canGoOn(failed.id())).isFalse();
    for (ImportRun each : List.of(failed, later)) {
      assertThatThrownBy(() -> imports.goOn(ANN, each.id()))
          .isInstanceOfSatisfying(
              ProblemException.class, e -> assertThat(e.code()).isEqualTo("import.cannot-go-on"));
    }
    assertThat(users.list(PageRequest.first()).total()).isEqualTo(3);
  }

  /** As of two servers, each of which draws ids from a block of its own. */
  @Test
  void continuesNothingBeforeALaterImportWithALowerId() {
    provider.users(3).pagesOf(2);
    core.clock().advance(Duration.ofHours(1));
    ImportRun later = whole(Mode.NEW_AND_UPDATE);
    core.clock().reset();
    provider.meanwhile(() -> {}).failsWith(GONE);
    ImportRun failed = whole(Mode.NEW_AND_UPDATE);
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.id()).isGreaterThan(later.id());
    assertThat(failed.queuedAt()).isBefore(later.queuedAt());

    assertThat(imports.canGoOn(failed.id())).isFalse();
    assertThatThrownBy(() -> imports.goOn(ANN, failed.id()))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo("import.cannot-go-on"));
  }

  @Test
  void continuesNoImportTwiceAtOnce() {
    provider.users(3).pagesOf(2).meanwhile(() -> {}).failsWith(GONE);
    long id = whole(Mode.NEW_ONLY).id();
    imports.goOn(ANN, id);
    assertThatThrownBy(() -> imports.goOn(ANN, id)).hasMessageContaining("import.under-way");
    core.deliver();
    assertThat(imports.find(id).counts().seen()).isEqualTo(3);
  }

  @Test
  void doesNotGoOnWhereTooManySeemToHaveLeft() {
    provider.users(30);
    whole(Mode.NEW_AND_UPDATE);
    for (int user = 2; user <= 30; user++) {
      provider.withoutUser("u" + user);
    }
    ImportRun doubted = whole(Mode.NEW_AND_UPDATE);
    assertThat(doubted.state()).isEqualTo(State.FAILED);
    assertThat(imports.canGoOn(doubted.id())).isFalse();
  }

  @Test
  void continuesNothingFromAnIntegrationThatIsSwitchedOff() {
    provider.users(3).pagesOf(2).meanwhile(() -> {}).failsWith(GONE);
    long id = whole(Mode.NEW_ONLY).id();
    core.get(Integrations.class).enable(ANN, integration, false);
    assertThatThrownBy(() -> imports.goOn(ANN, id)).hasMessageContaining("integration.disabled");
  }
}
