package dev.keysmith.core.enrolment;

import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.seal.Seals;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.IdentityProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Removes factors that became active after their enrolment had been given up. */
@ApplicationScoped
class LateAnswers {

  private static final Logger LOG = System.getLogger(LateAnswers.class.getName());

  @Inject Integrations integrations;
  @Inject Passkeys passkeys;
  @Inject EnrolmentJournal journal;
  @Inject Seals seals;

  /** A factor that became active when nothing was expected of it any more opens an account. */
  void onLateAnswerDue(@Observes LateAnswerDue event) {
    if (!event.isSealed(seals)) {
      LOG.log(
          Level.WARNING,
          "A late answer for passkey {0} was written past the server, and is ignored",
          event.passkeyId());
      return;
    }
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
