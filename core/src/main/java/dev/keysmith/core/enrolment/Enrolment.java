package dev.keysmith.core.enrolment;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.enrolment.EnrolmentJournal.Undone;
import dev.keysmith.core.enrolment.EnrolmentProgress.Step;
import dev.keysmith.core.enrolment.Settlement.Verdict;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.integration.RetryPolicy;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.webauthn.RelyingPartyCheck;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.spi.idp.PendingRegistration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Writes a promised passkey on an open security key and activates it at the identity provider.
 *
 * <p>Each step stores its fact before the next has its effect; whatever goes wrong is settled, here
 * at once or later, so that in the end there is exactly one active factor or nothing. No
 * transaction is open while the identity provider, the key or its user is waited for.
 */
@ApplicationScoped
public class Enrolment {

  private static final Logger LOG = System.getLogger(Enrolment.class.getName());
  private static final long SLICE_MILLIS = 250;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Inject Passkeys passkeys;
  @Inject Users users;
  @Inject Integrations integrations;
  @Inject EnrolmentJournal journal;
  @Inject Settlement settlement;
  @Inject CredentialWriting writing;
  @Inject Recovery recovery;
  @Inject EnrolmentLeases leases;
  @Inject LiveEnrolments live;

  /**
   * How an attempt ended.
   *
   * @param active whether the passkey is active
   * @param message for the person at the station
   * @param keyUsable whether the key can be used for the next passkey
   */
  public record Outcome(boolean active, Message message, boolean keyUsable) {}

  /**
   * Enrols a passkey; blocks until it is active, undone, or left to be settled later.
   *
   * @param passkeyId a passkey in state {@code ASSIGNED}
   * @param keyId the key in the inventory
   * @param key the same key, open
   * @param progress told of each step
   * @return how it ended; a failure is an outcome, not an exception
   */
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public Outcome enrol(
      Actor by, long passkeyId, long keyId, OpenKey key, EnrolmentProgress progress) {
    Passkey passkey = passkeys.find(passkeyId);
    RetryPolicy patience =
        RetryPolicy.ofAPerson(PATIENCE, (time, why) -> await(time, why, key, progress));
    return attempt(new Attempt(by, passkey, keyId, key, patience, progress));
  }

  private Outcome attempt(Attempt attempt) {
    OpenKey key = attempt.key;
    try {
      walkAlive(attempt);
      return new Outcome(true, Message.of(EnrolmentMessage.ACTIVATED), true);
    } catch (PluginException e) {
      boolean gone = e.reason() == Reason.KEY_ABSENT || e.reason() == Reason.KEY_BUSY;
      Undone how = Failures.undone(e);
      return settle(attempt, new Verdict(how, Failure.message(e), Failures.isFinal(e)), !gone);
    } catch (CtapException e) {
      return settle(attempt, postponed(Failure.message(e)), !key.hasRefusedPin());
    } catch (ProblemException e) {
      Verdict verdict = new Verdict(Failures.undone(e), Failure.message(e), false);
      return settle(attempt, verdict, !key.hasRefusedPin());
    } catch (RuntimeException e) {
      // A fault of ours must not leave anything behind either.
      String type = e.getClass().getSimpleName();
      settle(attempt, postponed(Message.of(EnrolmentMessage.FAULT, type)), true);
      throw e;
    }
  }

  private static Verdict postponed(Message problem) {
    return new Verdict(Undone.POSTPONED, problem, false);
  }

  /**
   * Settles now what earlier sessions of a user have left open, on whichever node, so that it can
   * be written again.
   *
   * @param key ends the wait when its session is cancelled
   * @param waiting called when it is not known yet whether an earlier one still runs
   * @throws ProblemException {@code CONFLICT} if an enrolment of this user runs
   * @throws PluginException if the identity provider cannot be asked now
   */
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public void settleInterrupted(Actor by, long userId, OpenKey key, Runnable waiting) {
    recovery.settleFor(
        by,
        userId,
        () -> {
          waiting.run();
          key.requireNotCancelled();
          sleep(SLICE_MILLIS);
        });
  }

  /** In slices, so that a cancelled session does not wait for the identity provider. */
  private static void await(
      Duration time, PluginException why, OpenKey key, EnrolmentProgress progress) {
    progress.at(Step.WAITING_FOR_PROVIDER);
    for (long left = time.toMillis(); left > 0; left -= SLICE_MILLIS) {
      key.requireNotCancelled();
      if (!sleep(Math.min(left, SLICE_MILLIS))) {
        throw why;
      }
    }
  }

  /** Whether the time has passed; false if the server is stopping. */
  private static boolean sleep(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Once it has ended, however it ended, no other node need wait for it. */
  private void walkAlive(Attempt attempt) {
    try {
      walk(attempt);
    } finally {
      live.remove(attempt.id);
    }
  }

  /** The steps, top to bottom. */
  private void walk(Attempt attempt) {
    long passkeyId = attempt.passkey.id();
    long integrationId = attempt.passkey.integrationId();
    attempt.passkey.requireUnchanged();
    User user = users.find(attempt.passkey.userId());
    user.requireUnchanged();
    String userId = user.externalId();
    PresentFactors factors =
        attempt.ask(
            Step.ASKING_PROVIDER,
            () -> PresentFactors.of(integrations.open(integrationId).listFactors(userId)));

    attempt.key.requireNotCancelled();
    attempt.id = journal.begin(passkeyId, attempt.keyId, factors.pending());
    live.add(attempt.id, attempt.key::interrupt);
    PendingRegistration registration =
        attempt.ask(
            Step.ASKING_PROVIDER, () -> integrations.open(integrationId).beginRegistration(userId));
    keep(attempt, registration);

    RelyingPartyCheck.verify(integrations.findHeld(integrationId), registration);
    attempt.progress.at(Step.WRITING);
    AuthenticatorAttestationResponse response =
        writing.write(
            new CredentialWriting.Order(
                passkeyId, attempt.id, attempt.keyId, attempt.key, attempt.progress),
            registration,
            factors);
    journal.requireWanted(passkeyId);

    Factor factor =
        attempt.ask(
            Step.REGISTERING,
            () ->
                integrations
                    .open(integrationId)
                    .completeRegistration(registration.ticket(), response));
    journal.activated(attempt.by, passkeyId, attempt.id, factor);
  }

  /** A registration of which nothing is stored would be found by nothing later. */
  private void keep(Attempt attempt, PendingRegistration registration) {
    try {
      journal.registrationBegun(attempt.passkey.id(), attempt.id, registration);
    } catch (RuntimeException e) {
      integrations.open(attempt.passkey.integrationId()).cancelRegistration(registration.ticket());
      throw e;
    }
  }

  private Outcome settle(Attempt attempt, Verdict verdict, boolean keyUsable) {
    if (attempt.id.isEmpty()) {
      return new Outcome(false, verdict.problem(), keyUsable);
    }
    long passkeyId = attempt.passkey.id();
    try {
      leases.end(passkeyId, attempt.id);
      settlement.settle(attempt.by, passkeyId, attempt.id, verdict);
    } catch (RuntimeException e) {
      // Its settlement was scheduled when it began.
      LOG.log(Level.INFO, "Passkey {0} is settled later: {1}", passkeyId, e.getClass());
      return new Outcome(false, Message.of(EnrolmentMessage.LATER, verdict.problem()), keyUsable);
    }
    return switch (passkeys.find(passkeyId).state()) {
      case ACTIVE -> new Outcome(true, Message.of(EnrolmentMessage.ACTIVATED), true);
      case REVOKED -> new Outcome(false, Message.of(EnrolmentMessage.REVOKED_MEANWHILE), keyUsable);
      case ASSIGNED, ENROLLING, FAILED -> new Outcome(false, verdict.problem(), keyUsable);
    };
  }

  /** One run of the walk, and how far it came. */
  private static final class Attempt {
    final Actor by;
    final Passkey passkey;
    final long keyId;
    final OpenKey key;
    final RetryPolicy patience;
    final EnrolmentProgress progress;
    String id = "";

    Attempt(
        Actor by,
        Passkey passkey,
        long keyId,
        OpenKey key,
        RetryPolicy patience,
        EnrolmentProgress progress) {
      this.by = by;
      this.passkey = passkey;
      this.keyId = keyId;
      this.key = key;
      this.patience = patience;
      this.progress = progress;
    }

    <T> T ask(Step step, Supplier<T> call) {
      return patience.call(
          () -> {
            progress.at(step);
            return call.get();
          });
    }
  }
}
