package dev.keysmith.core.imports;

import dev.keysmith.core.event.PostponedException;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.integration.RetryPolicy;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.plugin.guard.PluginBreach;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.DirectoryGroup;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs imports: fetches page after page outside any transaction and hands each to {@link
 * ImportSteps}. Safe to repeat: goes on where the last stored step ended.
 */
@ApplicationScoped
public class ImportRunner {

  private static final Logger LOG = Logger.getLogger(ImportRunner.class.getName());
  private static final int MAX_RESTARTS = 5;

  /** Imports last, and other events are to be delivered meanwhile. */
  private static final int MAX_AT_ONCE = 3;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final Semaphore places = new Semaphore(MAX_AT_ONCE);

  @Inject Integrations integrations;
  @Inject ImportSteps steps;
  @Inject ListedUsers listed;
  @Inject Imports imports;
  @Inject LiveImports live;
  @Inject Clock clock;

  /** Runs a queued import to its end, or goes on with one that was interrupted. */
  void run(@Observes ImportRequested request) {
    if (!places.tryAcquire()) {
      throw new PostponedException(LOOK_AGAIN);
    }
    try {
      run(request.importId());
    } finally {
      places.release();
    }
  }

  private void run(long importId) {
    try {
      new Walk(importId).toTheEnd();
    } catch (ImportStopped e) {
      LOG.log(Level.FINE, "Import {0} was cancelled", importId);
    } catch (PluginException | ProblemException e) {
      steps.fail(importId, Failure.message(e));
    } finally {
      publish(importId);
    }
  }

  private void publish(long importId) {
    imports.lookUp(importId).map(ImportProgress::of).ifPresent(live::publish);
  }

  /** One import under way. */
  private final class Walk {

    private final long importId;
    private final RetryPolicy patience;
    private final CursorTrail trail = new CursorTrail();
    private int restarts;

    Walk(long importId) {
      this.importId = importId;
      this.patience = RetryPolicy.ofTheServer((time, why) -> pause(time, Failure.message(why)));
    }

    private void pause(Duration time, Message reason) {
      if (steps.waits(importId, reason, clock.instant().plus(time)).isEmpty()) {
        throw new ImportStopped("The import was cancelled.");
      }
      publish(importId);
      live.pause(time, () -> imports.isUnderWay(importId));
    }

    void toTheEnd() {
      Optional<ImportPosition> at = steps.begin(importId);
      at.filter(ImportPosition::isUnderWay).ifPresent(it -> patience.withOneThatHasAnswered());
      while (at.isPresent()) {
        publish(importId);
        at = next(at.get());
      }
    }

    private Optional<ImportPosition> next(ImportPosition at) {
      return switch (at.phase()) {
        case USERS -> users(at);
        case LINES -> lines(at);
        case GROUPS -> at.cursor().isPresent() ? users(at) : group(at);
        case LEAVERS -> steps.markLeavers(at);
        case ANNOUNCEMENT -> steps.announce(at);
      };
    }

    private Optional<ImportPosition> lines(ImportPosition at) {
      Map<ImportLine, LookedUpUser> found = new LinkedHashMap<>();
      for (ImportLine line : listed.next(at)) {
        found.put(line, ask(at, provider -> LookedUpUser.at(provider, line.key())));
      }
      return listed.store(at, found);
    }

    private Optional<ImportPosition> group(ImportPosition at) {
      String groupId = at.groupId().orElseThrow();
      Optional<DirectoryGroup> group = ask(at, provider -> provider.findGroup(groupId));
      if (group.isEmpty()) {
        return steps.skipGroup(at);
      }
      return steps.storeGroup(at, group.get()).flatMap(this::users);
    }

    private Optional<ImportPosition> users(ImportPosition at) {
      Page<DirectoryUser> page;
      try {
        page = ask(at, provider -> whole(provider.users(at.query(), at.cursor())));
      } catch (PluginException e) {
        return instead(at, e);
      }
      if (trail.closes(at.cursor(), page.next())) {
        throw ProblemException.conflict(ImportMessage.NO_END);
      }
      return steps.storePage(at, page);
    }

    private Optional<ImportPosition> instead(ImportPosition at, PluginException e) {
      if (e.reason() == Reason.NOT_FOUND && at.groupId().isPresent()) {
        return steps.skipGroup(at);
      }
      if (e.reason() == Reason.EXPIRED && at.cursor().isPresent() && restarts++ < MAX_RESTARTS) {
        return steps.restartList(at);
      }
      throw e;
    }

    private <T> T ask(ImportPosition at, Function<IdentityProvider, T> question) {
      return patience.call(() -> answer(integrations.open(at.integrationId()), question));
    }

    /** Whatever a plugin throws, and however broken its answer is, the import ends by it. */
    private <T> T answer(IdentityProvider provider, Function<IdentityProvider, T> question) {
      try {
        return Objects.requireNonNull(question.apply(provider), "answer");
      } catch (PluginException e) {
        throw PluginBreach.isCauseOf(e)
            ? new PluginException(Reason.REJECTED, String.valueOf(e.getMessage()), e)
            : e;
      }
    }

    private static <T> Page<T> whole(Page<T> page) {
      page.items().forEach(item -> Objects.requireNonNull(item, "item of a page"));
      Objects.requireNonNull(page.next(), "next page");
      return page;
    }
  }
}
