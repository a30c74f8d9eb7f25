package dev.keysmith.core.apitoken;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Issues, checks and revokes API tokens. */
@ApplicationScoped
public class ApiTokens {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Audit audit;
  @Inject Events events;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** Issues a token. Its text is in the result and can never be had again. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public IssuedApiToken create(Actor by, NewApiToken wanted) {
    Instant now = clock.instant();
    if (wanted.expires() != null && !wanted.expires().isAfter(now)) {
      throw ProblemException.invalid(TokenMessage.EXPIRED)
          .at("expires", ProblemMessage.FIELD_WRONG);
    }
    char[] text = TokenText.random(random);
    ApiToken token = new ApiToken(wanted, TokenText.hash(text), now, by.name());
    entities.persist(token);
    entities.flush();
    token.seal();
    audit.record(by, "token.created", subject(token), Map.of("role", token.role().name()));
    events.record(new ApiTokenCreated(token.id()));
    return new IssuedApiToken(token, text);
  }

  /** The usable token with this text. */
  @Transactional
  public Optional<ApiToken> authenticate(char[] text) {
    if (!TokenText.isPlausible(text)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<ApiToken> found =
        entities
            .createQuery("select t from ApiToken t where t.hash = :hash", ApiToken.class)
            .setParameter("hash", TokenText.hash(text))
            .getResultStream()
            .filter(token -> token.isUsable(now))
            .findFirst();
    found.filter(token -> token.wantsUseRecorded(now)).ifPresent(token -> noteUse(token, now));
    return found;
  }

  /** Past the version: two uses at once, or a use and a revocation, do not stand in their way. */
  private void noteUse(ApiToken token, Instant now) {
    entities
        .createQuery("update ApiToken t set t.lastUsed = :now where t.id = :id")
        .setParameter("now", now)
        .setParameter("id", token.id())
        .executeUpdate();
  }

  /** Whether a token that has been let in would be let in again. */
  @Transactional
  public boolean isUsable(long id) {
    ApiToken token = entities.find(ApiToken.class, id);
    return token != null && token.isUsable(clock.instant());
  }

  /** Refuses a token from now on; a repeat does nothing. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public void revoke(Actor by, long id) {
    ApiToken token = get(id);
    Instant now = clock.instant();
    if (token.isUsable(now) && usableAdministrators(now).equals(List.of(token))) {
      throw ProblemException.conflict(TokenMessage.LAST_ADMINISTRATOR);
    }
    if (token.revoke(now)) {
      audit.record(by, "token.revoked", subject(token), Map.of());
    }
  }

  /** All tokens, revoked ones too, the newest first. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public List<ApiToken> list() {
    return entities
        .createQuery("select t from ApiToken t order by t.created desc, t.id desc", ApiToken.class)
        .getResultList();
  }

  List<ApiToken> usableAdministrators(Instant now) {
    return list().stream()
        .filter(token -> token.role() == Role.ADMINISTRATOR && token.isUsable(now))
        .toList();
  }

  /** One token. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public ApiToken get(long id) {
    ApiToken token = entities.find(ApiToken.class, id);
    if (token == null) {
      throw ProblemException.notFound(TokenMessage.UNKNOWN, Long.toString(id));
    }
    return token;
  }

  private static Subject subject(ApiToken token) {
    return Subject.of("token", token.id(), token.label());
  }
}
