package dev.keysmith.core.enrolment;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.enrolment.EnrolmentJournal.Undone;
import dev.keysmith.core.enrolment.EnrolmentLeases.Open;
import dev.keysmith.core.enrolment.Settlement.Verdict;
import dev.keysmith.core.event.PostponedException;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.server.ServerStarted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Settles what was under way when the server or the identity provider went away. */
@ApplicationScoped
class Recovery {

  private static final Verdict INTERRUPTED =
      new Verdict(Undone.POSTPONED, Message.of(EnrolmentMessage.INTERRUPTED), false);

  /** How often a session looks while an enrolment may still run elsewhere; then it gives up. */
  private static final int LOOKS = 100;

  @Inject EnrolmentLeases leases;
  @Inject Settlement settlement;
  @Inject Clock clock;

  void onServerStarted(@Observes ServerStarted event) {
    leases.remind();
  }

  /** Delivered again while the enrolment runs, and until the identity provider has answered. */
  void onSettlementDue(@Observes SettlementDue event) {
    leases
        .takeOver(event.passkeyId(), event.attempt())
        .ifPresent(
            alive -> {
              throw new PostponedException(Duration.between(clock.instant(), alive));
            });
    settlement.settle(Actor.system(), event.passkeyId(), event.attempt(), INTERRUPTED);
  }

  /**
   * Settles now what earlier sessions of a user have left open, on whichever node, so that it can
   * be written again. What may still run is waited for until it is known whether it does.
   *
   * @param pause lets some time pass; the lease of an enrolment that runs is renewed within {@link
   *     #LOOKS} of them
   * @throws ProblemException {@code CONFLICT} if an enrolment of this user runs
   * @throws dev.keysmith.spi.PluginException if the identity provider cannot be asked now
   */
  void settleFor(Actor by, long userId, Runnable pause) {
    for (Open open : leases.of(userId)) {
      awaitEnd(open, pause);
      settlement.settle(by, open.passkeyId(), open.attempt(), INTERRUPTED);
    }
  }

  private void awaitEnd(Open open, Runnable pause) {
    Optional<Instant> first = leases.takeOver(open.passkeyId(), open.attempt());
    Optional<Instant> alive = first;
    for (int look = 0; alive.isPresent(); look++) {
      if (look == LOOKS || !alive.equals(first)) {
        throw ProblemException.conflict(EnrolmentMessage.RUNS);
      }
      pause.run();
      alive = leases.takeOver(open.passkeyId(), open.attempt());
    }
  }
}
