package dev.keysmith.core.activation;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.message.Message;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Which codes wait to be sent; apart from the sending, which no transaction waits for. */
@ApplicationScoped
@Transactional
class ActivationLetters {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Audit audit;
  @Inject Clock clock;

  /** A code to be sent, and to whom. */
  record Letter(ActivationCode code, User user) {}

  /** The letter for a code, unless it was sent, revoked or is over. */
  Optional<Letter> waiting(long codeId) {
    return Optional.ofNullable(entities.find(ActivationCode.class, codeId))
        .filter(code -> code.mailSealed().isPresent() && code.isOpen(clock.instant()))
        .map(code -> new Letter(code, entities.find(User.class, code.userId())))
        .filter(letter -> !letter.user().isChangedOutside() && letter.user().email().isPresent());
  }

  void sent(long codeId) {
    ActivationCode code = entities.find(ActivationCode.class, codeId);
    code.mailed(clock.instant());
    record(code, "activation-code.mailed", Map.of("code", Long.toString(codeId)));
  }

  void notSent(long codeId, Message problem) {
    ActivationCode code = entities.find(ActivationCode.class, codeId);
    code.notMailed(problem);
    record(
        code,
        "activation-code.not-mailed",
        Map.of("code", Long.toString(codeId), "why", problem.toString()));
  }

  /** The letter is kept, so that it can be sent when the cause is gone. */
  void givenUp(long codeId, Message problem) {
    if (waiting(codeId).isEmpty()) {
      return;
    }
    ActivationCode code = entities.find(ActivationCode.class, codeId);
    code.mailGivenUp(problem);
    record(
        code,
        "activation-code.not-mailed",
        Map.of("code", Long.toString(codeId), "why", problem.toString()));
  }

  private void record(ActivationCode code, String action, Map<String, String> details) {
    User user = entities.find(User.class, code.userId());
    audit.record(Actor.system(), action, Subject.of("user", user.id(), user.login()), details);
  }
}
