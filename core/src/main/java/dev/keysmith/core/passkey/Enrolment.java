package dev.keysmith.core.passkey;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.ctap.CredentialRequest;
import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.ctap.CtapStatus;
import dev.keysmith.core.ctap.Interaction;
import dev.keysmith.core.ctap.MadeCredential;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.passkey.EnrolmentJournal.Undone;
import dev.keysmith.core.passkey.EnrolmentProgress.Step;
import dev.keysmith.core.passkey.Settlement.Verdict;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.key.KeepAliveListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.util.List;

/**
 * Writes a promised passkey on an open security key and activates it at the identity provider.
 *
 * <p>Each step stores its fact before the next has its effect; whatever goes wrong is settled, here
 * at once or later, so that in the end there is exactly one active factor or nothing. No
 * transaction is open while the identity provider, the key or its user is waited for.
 */
@ApplicationScoped
public class Enrolment {

  private static final Duration TOUCH = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Passkeys passkeys;
  @Inject Integrations integrations;
  @Inject EnrolmentJournal journal;
  @Inject Settlement settlement;

  /**
   * How an attempt ended.
   *
   * @param active whether the passkey is active
   * @param message for the person at the station
   */
  public record Outcome(boolean active, String message) {}

  /**
   * Enrols a passkey; blocks until it is active, undone, or left to be settled later.
   *
   * @param passkeyId a passkey in state {@code ASSIGNED}
   * @param keyId the key in the inventory
   * @param key the same key, open
   * @param progress told of each step
   * @return how it ended; a failure is an outcome, not an exception
   */
  public Outcome enrol(
      Actor by, long passkeyId, long keyId, OpenKey key, EnrolmentProgress progress) {
    Passkey passkey = passkeys.find(passkeyId);
    Patience patience =
        new Patience(PATIENCE, duration -> Thread.sleep(duration.toMillis()), progress);
    Attempt attempt = new Attempt(by, passkey, keyId, key, patience, progress);
    try {
      walk(attempt);
      return new Outcome(true, "The passkey is active.");
    } catch (PluginException e) {
      return settle(attempt, e.getMessage(), Failures.undone(e), attempt.writing);
    } catch (CtapException e) {
      // A key that refuses has made nothing; of one whose answer cannot be read nobody knows.
      boolean unknown = attempt.writing && e.status() == CtapStatus.UNREADABLE_RESPONSE;
      return settle(attempt, e.getMessage(), Undone.POSTPONED, attempt.written || unknown);
    } catch (ProblemException e) {
      return settle(attempt, e.getMessage(), Undone.POSTPONED, attempt.written);
    } catch (RuntimeException e) {
      // A fault of ours must not leave anything behind either.
      settle(attempt, "Keysmith failed: " + e.getClass().getSimpleName(), Undone.POSTPONED, true);
      throw e;
    }
  }

  /** The steps, top to bottom. */
  private void walk(Attempt attempt) {
    long passkeyId = attempt.passkey.id();
    String userId = entities.find(User.class, attempt.passkey.userId()).externalId();
    IdentityProvider provider = integrations.open(attempt.passkey.integrationId());
    List<String> pending =
        attempt.patience.ask(Step.ASKING_PROVIDER, () -> pendingFactors(provider, userId));

    journal.begin(passkeyId, attempt.keyId, pending);
    attempt.begun = true;
    PendingRegistration registration =
        attempt.patience.ask(Step.ASKING_PROVIDER, () -> provider.beginRegistration(userId));
    journal.registrationBegun(passkeyId, registration);

    attempt.progress.at(Step.WRITING);
    CollectedClientData clientData =
        CollectedClientData.forRegistration(
            registration.options().challenge(), registration.origin());
    MadeCredential made = write(attempt, registration.options(), clientData);
    AuthenticatorAttestationResponse response =
        new AuthenticatorAttestationResponse(
            clientData.json(), made.attestationObject(), List.of("usb"));
    AttestationCheck.verify(registration, response);
    journal.credentialMade(passkeyId, made.credential().credentialId(), response);

    Factor factor =
        attempt.patience.ask(
            Step.REGISTERING, () -> provider.completeRegistration(registration.ticket(), response));
    journal.activated(attempt.by, passkeyId, factor);
  }

  private static List<String> pendingFactors(IdentityProvider provider, String userId) {
    return provider.listFactors(userId).stream()
        .filter(factor -> factor.status() == Factor.Status.PENDING)
        .map(Factor::id)
        .toList();
  }

  private static MadeCredential write(
      Attempt attempt, CredentialCreationOptions options, CollectedClientData clientData) {
    try (PinUvAuthToken token =
        attempt.key.token(
            options.relyingParty().id(), Permission.MAKE_CREDENTIAL, Permission.GET_ASSERTION)) {
      attempt.writing = true;
      CredentialRequest request =
          CredentialRequest.of(options, clientData.hash()).verifiedBy(token);
      MadeCredential made =
          attempt.key.client().makeCredential(request, interaction(attempt.progress));
      attempt.written = true;
      return made;
    }
  }

  private static Interaction interaction(EnrolmentProgress progress) {
    return new Interaction(
        TOUCH,
        status -> {
          if (status == KeepAliveListener.Status.USER_PRESENCE_NEEDED) {
            progress.at(Step.TOUCH_NEEDED);
          }
        });
  }

  private Outcome settle(Attempt attempt, String problem, Undone how, boolean leftover) {
    long passkeyId = attempt.passkey.id();
    if (!attempt.begun) {
      return new Outcome(false, problem);
    }
    try {
      boolean active =
          settlement
              .settle(attempt.by, passkeyId, new Verdict(how, problem, leftover))
              .orElse(false);
      return new Outcome(active, active ? "The passkey is active." : problem);
    } catch (PluginException e) {
      journal.interrupted(passkeyId);
      return new Outcome(
          false,
          problem
              + " Keysmith clears up at the identity provider as soon as it can be reached, and"
              + " the passkey then waits for its key again.");
    }
  }

  /** One run of the walk, and how far it came. */
  private static final class Attempt {
    final Actor by;
    final Passkey passkey;
    final long keyId;
    final OpenKey key;
    final Patience patience;
    final EnrolmentProgress progress;
    boolean begun;
    boolean writing;
    boolean written;

    Attempt(
        Actor by,
        Passkey passkey,
        long keyId,
        OpenKey key,
        Patience patience,
        EnrolmentProgress progress) {
      this.by = by;
      this.passkey = passkey;
      this.keyId = keyId;
      this.key = key;
      this.patience = patience;
      this.progress = progress;
    }
  }
}
