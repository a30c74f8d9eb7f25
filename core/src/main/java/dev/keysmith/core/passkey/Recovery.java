package dev.keysmith.core.passkey;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.passkey.EnrolmentJournal.Undone;
import dev.keysmith.core.passkey.Settlement.Verdict;
import dev.keysmith.core.server.ServerStarted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Collection;

/** Settles what was under way when the server or the identity provider went away. */
@ApplicationScoped
class Recovery {

  private static final Verdict INTERRUPTED =
      new Verdict(
          Undone.POSTPONED,
          "The enrolment was interrupted and has been undone. Start again with the security key.",
          true,
          false);

  @Inject EnrolmentJournal journal;
  @Inject Settlement settlement;

  void onServerStarted(@Observes ServerStarted event) {
    journal.unfinished().forEach(each -> journal.interrupted(each.passkeyId(), each.attempt()));
  }

  /** Delivered again until the identity provider has answered. */
  void onInterrupted(@Observes EnrolmentInterrupted event) {
    settlement.settle(Actor.system(), event.passkeyId(), event.attempt(), INTERRUPTED);
  }

  /**
   * Settles now what an earlier session of a user has left open, so that it can be written again.
   *
   * @throws dev.keysmith.spi.PluginException if the identity provider cannot be asked now
   */
  void settleFor(Actor by, Collection<Long> passkeyIds) {
    journal.unfinished().stream()
        .filter(each -> passkeyIds.contains(each.passkeyId()))
        .forEach(each -> settlement.settle(by, each.passkeyId(), each.attempt(), INTERRUPTED));
  }
}
