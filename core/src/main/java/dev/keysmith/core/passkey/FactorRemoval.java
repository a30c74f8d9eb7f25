package dev.keysmith.core.passkey;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.IdentityProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Removes factors that belong to no passkey in use at the identity provider. */
@ApplicationScoped
class FactorRemoval {

  @Inject Integrations integrations;
  @Inject Passkeys passkeys;
  @Inject EnrolmentJournal journal;

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  /** Delivered again until the identity provider has answered; removal is safe to repeat. */
  void onPasskeyRevoked(@Observes PasskeyRevoked event) {
    Passkey passkey = passkeys.find(event.passkeyId());
    if (!passkey.awaitsRemoval()) {
      return;
    }
    passkey.requireUnchanged();
    User user = entities.find(User.class, passkey.userId());
    user.requireUnchanged();
    integrations
        .open(passkey.integrationId())
        .removeFactor(user.externalId(), passkey.factorId().orElseThrow());
    passkeys.factorRemoved(Actor.system(), passkey.id());
  }

  /** A factor that became active when nothing was expected of it any more opens an account. */
  void onLateAnswerDue(@Observes LateAnswerDue event) {
    Bytes credentialId = Bytes.fromBase64Url(event.credentialId());
    if (passkeys.holding(credentialId).isPresent()) {
      return;
    }
    IdentityProvider provider = integrations.open(passkeys.find(event.passkeyId()).integrationId());
    Settlement.activeWith(credentialId, event.externalUserId(), provider)
        .ifPresent(
            factor -> {
              provider.removeFactor(event.externalUserId(), factor.id());
              journal.lateFactorRemoved(event.passkeyId(), factor);
            });
  }
}
