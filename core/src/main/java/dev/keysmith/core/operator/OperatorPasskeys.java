package dev.keysmith.core.operator;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.persistence.Constraints;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The passkeys by which operators sign in to Keysmith. */
@ApplicationScoped
public class OperatorPasskeys {

  /** More than anybody carries; bounds what a page and a ceremony name. */
  static final int MOST = 20;

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Operators operators;
  @Inject SignInSettings settings;
  @Inject Audit audit;
  @Inject Clock clock;

  /** The passkeys of an operator, the oldest first. */
  @Transactional
  public List<OperatorPasskey> list(long operatorId) {
    return entities
        .createQuery(
            "select p from OperatorPasskey p where p.operatorId = :id order by p.created, p.id",
            OperatorPasskey.class)
        .setParameter("id", operatorId)
        .getResultList();
  }

  /** The COSE algorithms that a new passkey may have, the best first. */
  public List<Long> algorithms() {
    return PasskeyCheck.algorithms();
  }

  /** Adds what a browser has made, once it is verified. */
  @Transactional
  @Allowed(
      value = {Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR},
      also = NamedCaller.SET_UP)
  public OperatorPasskey add(Actor by, long operatorId, NewPasskey made) {
    Operator operator = operators.get(operatorId);
    if (operator.isExternal() || list(operatorId).size() >= MOST) {
      throw ProblemException.conflict(OperatorMessage.NO_PASSKEY, MOST);
    }
    if (!made.userHandle().equals(operator.userHandle())) {
      throw ProblemException.conflict(OperatorMessage.PASSKEY_OWNER);
    }
    NewCredential credential = PasskeyCheck.registration(made.ceremony(), made.json());
    OperatorPasskey passkey =
        new OperatorPasskey(operatorId, made.label(), credential, clock.instant());
    try {
      entities.persist(passkey);
      entities.flush();
      passkey.seal();
    } catch (PersistenceException e) {
      throw Constraints.violated(e) ? known() : e;
    }
    audit.record(
        by,
        "operator.passkey-added",
        Operators.subject(operator),
        Map.of("passkey", passkey.label()));
    return passkey;
  }

  /** One that was changed outside is no way in, and is removed freely. */
  private static boolean isOnlyWayIn(OperatorPasskey passkey, List<OperatorPasskey> all) {
    return !passkey.isChangedOutside()
        && all.stream().filter(it -> !it.isChangedOutside()).count() == 1;
  }

  /** Removes a passkey of an operator; a repeat does nothing. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
  public void remove(Actor by, long operatorId, long passkeyId) {
    Operator operator = operators.get(operatorId);
    List<OperatorPasskey> all = list(operatorId);
    Optional<OperatorPasskey> found = all.stream().filter(it -> it.id() == passkeyId).findFirst();
    if (found.isEmpty()) {
      return;
    }
    if (isOnlyWayIn(found.get(), all) && !settings.letsInByPassword(operator)) {
      throw ProblemException.conflict(OperatorMessage.LAST_WAY_IN);
    }
    entities.remove(found.get());
    audit.record(
        by,
        "operator.passkey-removed",
        Operators.subject(operator),
        Map.of("passkey", found.get().label()));
  }

  /**
   * The owner of the passkey that a browser has signed a challenge with (WebAuthn Level 3, section
   * 7.2).
   *
   * @param json {@code PublicKeyCredential.toJSON()}, untrusted
   */
  @Transactional
  public Operator verify(Ceremony ceremony, String json) {
    PasskeyCheck.Claim claim = PasskeyCheck.claim(json);
    OperatorPasskey passkey = known(claim.credentialId()).orElseThrow(OperatorPasskeys::unknown);
    Operator operator = operators.get(passkey.operatorId());
    // Step 6: a discoverable credential names its owner, who must be the one we know.
    if (!claim.userHandle().equals(operator.userHandle())) {
      throw unknown();
    }
    PasskeyCheck.Assertion assertion = PasskeyCheck.assertion(ceremony, passkey, json);
    passkey.use(assertion.counter(), assertion.backedUp(), clock.instant());
    return operator;
  }

  private Optional<OperatorPasskey> known(Bytes credentialId) {
    return entities
        .createQuery(
            "select p from OperatorPasskey p where p.credentialId = :id", OperatorPasskey.class)
        .setParameter("id", credentialId.toBase64Url())
        .getResultStream()
        .filter(passkey -> !passkey.isChangedOutside())
        .findFirst();
  }

  private static ProblemException unknown() {
    return ProblemException.invalid(OperatorMessage.PASSKEY_UNKNOWN);
  }

  private static ProblemException known() {
    return ProblemException.conflict(OperatorMessage.PASSKEY_KNOWN);
  }
}
