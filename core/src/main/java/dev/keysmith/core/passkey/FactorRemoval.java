package dev.keysmith.core.passkey;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.integration.Integrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Removes the factors of revoked passkeys at the identity provider. */
@ApplicationScoped
class FactorRemoval {

  @Inject Integrations integrations;
  @Inject Passkeys passkeys;

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
}
