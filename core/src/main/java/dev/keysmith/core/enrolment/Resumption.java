package dev.keysmith.core.enrolment;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.event.DeadLetters;
import dev.keysmith.core.integration.IntegrationCheckPassed;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.PasskeyRevoked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/**
 * Goes on with what was given up while an identity provider refused us, once a check says that it
 * works again: the removal of factors, enrolments to be settled, and looks for late answers.
 */
@ApplicationScoped
class Resumption {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject DeadLetters letters;

  void onIntegrationWorks(@Observes IntegrationCheckPassed event) {
    long integrationId = event.integrationId();
    letters.retry(Actor.system(), PasskeyRevoked.class, it -> isAt(it.passkeyId(), integrationId));
    letters.retry(Actor.system(), SettlementDue.class, it -> isAt(it.passkeyId(), integrationId));
    letters.retry(Actor.system(), LateAnswerDue.class, it -> isAt(it.passkeyId(), integrationId));
  }

  private boolean isAt(long passkeyId, long integrationId) {
    Passkey passkey = entities.find(Passkey.class, passkeyId);
    return passkey != null && passkey.integrationId() == integrationId;
  }
}
