package dev.keysmith.core.enrolment;

import dev.keysmith.core.ctap.CredentialRequest;
import dev.keysmith.core.ctap.Interaction;
import dev.keysmith.core.ctap.MadeCredential;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.core.enrolment.EnrolmentProgress.Step;
import dev.keysmith.core.enrolment.HeldCredentials.Question;
import dev.keysmith.core.key.AllowedModels;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.webauthn.AttestationCheck;
import dev.keysmith.core.webauthn.CollectedClientData;
import dev.keysmith.core.webauthn.PasskeyOptions;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.key.KeepAliveListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Has a key make the credential of an enrolment, and stores what came of it. */
@ApplicationScoped
class CredentialWriting {

  private static final Logger LOG = System.getLogger(CredentialWriting.class.getName());
  private static final Duration TOUCH = Duration.ofSeconds(60);

  @Inject EnrolmentJournal journal;
  @Inject HeldCredentials held;
  @Inject AllowedModels models;

  /**
   * Which enrolment, and on which key.
   *
   * @param keyId the key in the inventory
   * @param key the same key, open
   */
  record Order(
      long passkeyId, String attempt, long keyId, OpenKey key, EnrolmentProgress progress) {}

  /**
   * Writes a credential; takes a touch.
   *
   * @param factors of the user at the identity provider
   * @return what to hand in; it is stored
   * @throws ProblemException if the key holds what must not be replaced, or its answer does not
   *     verify
   * @throws CtapException if the key refuses
   */
  AuthenticatorAttestationResponse write(
      Order order, PendingRegistration registration, PresentFactors factors) {
    CollectedClientData clientData =
        CollectedClientData.forRegistration(
            registration.options().challenge(), registration.origin());
    Question question = new Question(order.key, order.keyId, registration.options(), factors);
    MadeCredential made = make(order, question, clientData);
    AuthenticatorAttestationResponse response =
        new AuthenticatorAttestationResponse(
            clientData.json(), made.attestationObject(), transports(order.key));
    verify(order, registration, made, response);
    journal.credentialMade(
        order.passkeyId, order.attempt, made.credential().credentialId(), response);
    return response;
  }

  /** The token that has asked writes, unless the key had to give another one in between. */
  private MadeCredential make(Order order, Question question, CollectedClientData clientData) {
    try (PinUvAuthToken token = token(question)) {
      Optional<List<Bytes>> told = HeldCredentials.signing(question, token);
      if (told.isPresent()) {
        return make(order, question, told, request(question, told, clientData).verifiedBy(token));
      }
    }
    Optional<List<Bytes>> told = HeldCredentials.listed(question);
    try (PinUvAuthToken token = token(question)) {
      return make(order, question, told, request(question, told, clientData).verifiedBy(token));
    }
  }

  private static PinUvAuthToken token(Question question) {
    return question
        .key()
        .token(
            question.options().relyingParty().id(),
            Permission.MAKE_CREDENTIAL,
            Permission.GET_ASSERTION);
  }

  private MadeCredential make(
      Order order, Question question, Optional<List<Bytes>> told, CredentialRequest request) {
    held.check(question, told);
    List<Bytes> heldBefore = told.orElse(question.factors().inUse());
    journal.writing(order.passkeyId, order.attempt, heldBefore);
    try {
      return order.key.client().makeCredential(request, interaction(order));
    } catch (ProblemException e) {
      // The session was cancelled before the key was asked.
      journal.left(order.passkeyId, order.attempt, List.of());
      throw e;
    } catch (CtapException e) {
      lookAgain(order, question, heldBefore, e);
      throw e;
    }
  }

  /**
   * Where the key can, it shows the credential only to a user whom it has verified, or to one who
   * knows its id: by that, keys are recognised before their PIN is asked for.
   */
  private static CredentialRequest request(
      Question question, Optional<List<Bytes>> told, CollectedClientData clientData) {
    List<Bytes> exclude = told.isPresent() ? List.of() : question.factors().inUse();
    CredentialRequest request =
        CredentialRequest.of(PasskeyOptions.of(question.options(), exclude), clientData.hash());
    return question.key().info().supportsExtension("credProtect")
        ? request.protectedBy(CredentialRequest.Protection.UV_OPTIONAL_WITH_CREDENTIAL_ID_LIST)
        : request;
  }

  private static Interaction interaction(Order order) {
    return order.key.interaction(
        TOUCH,
        status -> {
          if (status == KeepAliveListener.Status.USER_PRESENCE_NEEDED) {
            order.progress.at(Step.TOUCH_NEEDED);
          }
        });
  }

  /** Some keys report an error although they have written. */
  private void lookAgain(
      Order order, Question question, List<Bytes> heldBefore, CtapException refusal) {
    if (refusal.status() == CtapStatus.KEEPALIVE_CANCEL) {
      journal.left(order.passkeyId, order.attempt, List.of());
      return;
    }
    try {
      asked(question)
          .or(() -> HeldCredentials.listed(question))
          .map(now -> now.stream().filter(id -> !heldBefore.contains(id)).toList())
          .ifPresent(left -> journal.left(order.passkeyId, order.attempt, left));
    } catch (CtapException | ProblemException | PluginException e) {
      LOG.log(Level.INFO, "A key does not tell what it has written: {0}", e.getClass());
    }
  }

  private static Optional<List<Bytes>> asked(Question question) {
    String rpId = question.options().relyingParty().id();
    try (PinUvAuthToken token = question.key().token(rpId, Permission.GET_ASSERTION)) {
      return HeldCredentials.signing(question, token);
    }
  }

  /** What does not verify is on the key all the same. */
  private void verify(
      Order order,
      PendingRegistration registration,
      MadeCredential made,
      AuthenticatorAttestationResponse response) {
    try {
      AttestationCheck.model(order.key.info(), made, models.all());
      AttestationCheck.verify(registration, response);
    } catch (ProblemException e) {
      journal.left(order.passkeyId, order.attempt, List.of(made.credential().credentialId()));
      throw e;
    }
  }

  private static List<String> transports(OpenKey key) {
    List<String> told = key.info().transports();
    return told.isEmpty() ? List.of("usb") : told;
  }
}
