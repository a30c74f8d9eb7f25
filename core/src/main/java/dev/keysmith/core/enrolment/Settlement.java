package dev.keysmith.core.enrolment;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.enrolment.EnrolmentJournal.Known;
import dev.keysmith.core.enrolment.EnrolmentJournal.Undone;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.spi.idp.IdentityProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Brings an enrolment that did not run to its end to one of two ends: the passkey is active, or
 * nothing of it is left at the identity provider. It decides by the stored facts and by what the
 * identity provider says now, so it does not matter where the enrolment was interrupted, nor how
 * often this is repeated.
 */
@ApplicationScoped
class Settlement {

  @Inject EnrolmentJournal journal;
  @Inject Integrations integrations;

  /**
   * What is to become of a passkey whose enrolment is undone.
   *
   * @param problem why
   * @param refused whether the identity provider has refused the response: no use in handing it in
   *     again
   */
  record Verdict(Undone how, Message problem, boolean refused) {}

  /**
   * Settles an enrolment.
   *
   * @param attempt which one; a later attempt for the same passkey is left alone
   * @param verdict applies if the credential never reached the identity provider
   * @return whether the passkey is active; empty if there was nothing to settle
   * @throws PluginException if the identity provider cannot be asked now: try again later
   */
  Optional<Boolean> settle(Actor by, long passkeyId, String attempt, Verdict verdict) {
    return journal
        .known(passkeyId)
        .filter(known -> known.attempt().equals(attempt))
        .map(known -> settle(by, known, verdict));
  }

  private boolean settle(Actor by, Known known, Verdict verdict) {
    IdentityProvider provider = integrations.open(known.integrationId());
    if (known.revoked()) {
      return clearUp(by, known, provider, verdict);
    }
    if (known.response().isPresent()) {
      return finish(by, known, provider, known.response().get(), verdict);
    }
    return undo(by, known, provider, verdict);
  }

  private boolean undo(Actor by, Known known, IdentityProvider provider, Verdict verdict) {
    withdraw(known, provider);
    journal.undone(by, known, verdict.how(), verdict.problem());
    return false;
  }

  private static void withdraw(Known known, IdentityProvider provider) {
    if (known.ticket().isPresent()) {
      provider.cancelRegistration(known.ticket().get());
    } else {
      removeNewPending(known, provider);
    }
  }

  /** The passkey was revoked: whatever the identity provider has of it goes. */
  private boolean clearUp(Actor by, Known known, IdentityProvider provider, Verdict verdict) {
    // First, so that what is handed in at this moment takes no effect after the look.
    withdraw(known, provider);
    known
        .credentialId()
        .flatMap(credential -> activeWith(credential, known, provider))
        .ifPresent(factor -> provider.removeFactor(known.externalUserId(), factor.id()));
    journal.undone(by, known, verdict.how(), verdict.problem());
    return false;
  }

  /** The key has answered: the answer may have been handed in already, or still can be. */
  private boolean finish(
      Actor by,
      Known known,
      IdentityProvider provider,
      AuthenticatorAttestationResponse response,
      Verdict verdict) {
    Bytes credential = known.credentialId().orElseThrow();
    Optional<Factor> active = activeWith(credential, known, provider);
    if (active.isEmpty() && verdict.refused()) {
      return giveUp(by, known, provider, verdict.how(), verdict.problem());
    }
    try {
      Factor factor =
          active.orElseGet(
              () -> provider.completeRegistration(known.ticket().orElseThrow(), response));
      return activated(by, known, factor);
    } catch (PluginException e) {
      if (!Failures.isFinal(e)) {
        throw e;
      }
      // Another node may have handed it in between the look and the call.
      return activeWith(credential, known, provider)
          .map(factor -> activated(by, known, factor))
          .orElseGet(() -> giveUp(by, known, provider, Failures.undone(e), Failure.message(e)));
    }
  }

  private boolean activated(Actor by, Known known, Factor factor) {
    journal.activated(by, known.passkeyId(), known.attempt(), factor);
    return true;
  }

  /** A call that the server has given up may have activated the factor in between. */
  private boolean giveUp(
      Actor by, Known known, IdentityProvider provider, Undone how, Message problem) {
    provider.cancelRegistration(known.ticket().orElseThrow());
    Optional<Factor> late = activeWith(known.credentialId().orElseThrow(), known, provider);
    if (late.isPresent()) {
      return activated(by, known, late.get());
    }
    journal.undone(by, known, how, problem);
    return false;
  }

  private static Optional<Factor> activeWith(
      Bytes credentialId, Known known, IdentityProvider provider) {
    return activeWith(credentialId, known.externalUserId(), provider);
  }

  /** The active factor of a user at the identity provider with this credential. */
  static Optional<Factor> activeWith(
      Bytes credentialId, String externalUserId, IdentityProvider provider) {
    return provider.listFactors(externalUserId).stream()
        .filter(factor -> factor.status() == Factor.Status.ACTIVE)
        .filter(factor -> factor.credentialId().filter(credentialId::equals).isPresent())
        .findFirst();
  }

  /** The answer to the begin was lost: a pending factor that was not there before is ours. */
  private static void removeNewPending(Known known, IdentityProvider provider) {
    provider.listFactors(known.externalUserId()).stream()
        .filter(factor -> factor.status() == Factor.Status.PENDING)
        .filter(factor -> !known.pendingBefore().contains(factor.id()))
        .forEach(factor -> provider.removeFactor(known.externalUserId(), factor.id()));
  }
}
