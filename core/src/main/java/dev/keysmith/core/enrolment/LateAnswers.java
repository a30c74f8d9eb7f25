package dev.keysmith.core.enrolment;

import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.IdentityProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Removes factors that became active after their enrolment had been given up. */
@ApplicationScoped
class LateAnswers {

  @Inject Integrations integrations;
  @Inject Passkeys passkeys;
  @Inject EnrolmentJournal journal;

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
