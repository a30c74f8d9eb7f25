package dev.keysmith.okta.factor;

import com.okta.sdk.resource.model.UserFactorActivateRequest;
import com.okta.sdk.resource.model.UserFactorProvider;
import com.okta.sdk.resource.model.UserFactorType;
import dev.keysmith.okta.http.Answer;
import dev.keysmith.okta.http.Conversation;
import dev.keysmith.okta.http.Failure;
import dev.keysmith.okta.http.Ids;
import dev.keysmith.okta.http.Json;
import dev.keysmith.okta.http.Org;
import dev.keysmith.okta.http.Request;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.idp.RegistrationTicket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Registers passkeys on behalf of users: enrols, activates, gives up. */
public final class Registrations {

  /** Okta does not say how long its challenges live; its other enrolments live five minutes. */
  private static final Duration CHALLENGE_LIFE = Duration.ofMinutes(5);

  private final Org org;
  private final Factors factors;

  public Registrations(Org org, Factors factors) {
    this.org = org;
    this.factors = factors;
  }

  public PendingRegistration begin(Conversation conversation, String userId) {
    Request request =
        Request.post(
            "begin the registration of a passkey",
            Factors.pathOf(userId),
            Map.of(
                "factorType", UserFactorType.WEBAUTHN.getValue(),
                "provider", UserFactorProvider.FIDO.getValue()));
    Json factor = conversation.ask(request).body();
    try {
      return pending(userId, factor);
    } catch (IllegalArgumentException e) {
      forget(conversation, userId, factor.text("id").orElse(""));
      throw Failure.notUnderstood(request, String.valueOf(e.getMessage()));
    }
  }

  private PendingRegistration pending(String userId, Json factor) {
    String id = factor.text("id").orElse("");
    Optional<String> status = factor.text("status");
    if (!Ids.isPlausible(id) || !status.equals(Optional.of("PENDING_ACTIVATION"))) {
      throw new IllegalArgumentException("it names no pending factor");
    }
    CredentialCreationOptions options =
        CreationOptions.read(factor.at("_embedded", "activation"), org);
    return new PendingRegistration(
        new RegistrationTicket(userId, id),
        options,
        CreationOptions.origin(options.relyingParty().id(), org),
        Optional.empty());
  }

  /** Leaves no pending factor behind, if that is possible; the first failure matters more. */
  private void forget(Conversation conversation, String userId, String factorId) {
    try {
      if (Ids.isPlausible(factorId)) {
        factors.remove(conversation, userId, factorId);
      }
    } catch (PluginException e) {
      // The server compares the lists from before and after, and removes it later.
    }
  }

  public Factor complete(
      Conversation conversation,
      RegistrationTicket ticket,
      AuthenticatorAttestationResponse response) {
    Bytes credentialId =
        AttestedCredential.idIn(response.attestationObject())
            .orElseThrow(
                () ->
                    new PluginException(
                        Reason.REJECTED,
                        "What the security key answered is no attestation object with a"
                            + " credential. Begin the registration again."));
    try {
      return activate(conversation, ticket, response, credentialId);
    } catch (PluginException e) {
      return reconcile(conversation, ticket, credentialId, e);
    }
  }

  private Factor activate(
      Conversation conversation,
      RegistrationTicket ticket,
      AuthenticatorAttestationResponse response,
      Bytes credentialId) {
    // Standard base64 with padding, as in Okta's documentation.
    UserFactorActivateRequest body =
        new UserFactorActivateRequest()
            .attestation(response.attestationObject().toBase64())
            .clientData(response.clientDataJson().toBase64());
    Request request =
        Request.post(
            "activate a factor",
            Factors.pathOf(ticket.userId(), ticket.factorId()) + "/lifecycle/activate",
            body);
    Answer answer = conversation.ask(request);
    return Factors.read(answer.body())
        .filter(factor -> isDone(factor, credentialId))
        .map(factor -> with(factor, credentialId))
        .orElseThrow(() -> Failure.notUnderstood(request, "the factor is not active"));
  }

  /** Finds out what became of a factor whose activation was refused or not answered. */
  private Factor reconcile(
      Conversation conversation,
      RegistrationTicket ticket,
      Bytes credentialId,
      PluginException failure) {
    if (failure.reason() == Reason.MISCONFIGURED || failure.reason() == Reason.RATE_LIMITED) {
      throw failure;
    }
    Factors.Seen seen =
        look(conversation, ticket, failure)
            .orElseThrow(() -> expired("the pending factor is gone", failure));
    Factor factor = seen.factor();
    if (isDone(factor, credentialId)) {
      return with(factor, credentialId);
    }
    if (factor.status() == Factor.Status.PENDING
        && failure.reason() == Reason.REJECTED
        && isOld(seen)) {
      throw expired("its challenge is older than five minutes", failure);
    }
    throw failure;
  }

  private Optional<Factors.Seen> look(
      Conversation conversation, RegistrationTicket ticket, PluginException failure) {
    try {
      return factors.find(conversation, ticket.userId(), ticket.factorId());
    } catch (PluginException e) {
      throw failure;
    }
  }

  private static boolean isOld(Factors.Seen seen) {
    Instant limit = seen.now().minus(CHALLENGE_LIFE);
    return seen.factor().created().map(limit::isAfter).orElse(false);
  }

  private static boolean isDone(Factor factor, Bytes credentialId) {
    return factor.status() == Factor.Status.ACTIVE && Factors.has(factor, credentialId);
  }

  private static Factor with(Factor factor, Bytes credentialId) {
    return new Factor(
        factor.id(), factor.status(), Optional.of(credentialId), factor.label(), factor.created());
  }

  private static PluginException expired(String why, PluginException failure) {
    return new PluginException(
        Reason.EXPIRED,
        "The registration is no longer valid: " + why + ". Begin again. " + failure.getMessage());
  }

  public void cancel(Conversation conversation, RegistrationTicket ticket) {
    factors
        .find(conversation, ticket.userId(), ticket.factorId())
        .map(Factors.Seen::factor)
        .filter(factor -> factor.status() == Factor.Status.PENDING)
        .ifPresent(factor -> factors.remove(conversation, ticket.userId(), factor.id()));
  }
}
