package dev.keysmith.core.custody;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.directory.DirectoryMessage;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.enrolment.PasskeysOnKeys;
import dev.keysmith.core.key.KeyMessage;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The life of security keys together with the passkeys on them: each change is one call and one
 * transaction. A key by which a user can sign in gets no other owner.
 *
 * <p>Where passkeys in use are on the key, the caller says what is to become of them. Stock takes a
 * key only without them. An assigned key may be written once no passkey of another user opens the
 * door any more: that follows in the key session, by the inventory and by what is on the key.
 */
@ApplicationScoped
public class KeyLifecycle {

  @Inject SecurityKeys keys;
  @Inject Users users;
  @Inject Passkeys passkeys;
  @Inject PasskeysOnKeys onKeys;
  @Inject DisposedPasskeys disposed;

  /**
   * What a replacement has changed.
   *
   * @param promised the passkey that the new key will hold; empty if the old one held none, or one
   *     was promised before
   */
  public record Replaced(
      SecurityKey old, Optional<SecurityKey> replacement, Optional<Passkey> promised) {}

  /**
   * Records that a user has initialised a key.
   *
   * @param known which key it was recognised as; empty if it has never been seen
   * @throws ProblemException {@code CONFLICT} if it is another user's, lost or retired, or if
   *     another user can sign in with it
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKeys.Activation activate(
      Actor by, Optional<Long> known, SecurityKey.Facts facts, long ownerId) {
    known.ifPresent(id -> onKeys.requireNoneOfOthers(keys.hold(id).id(), ownerId));
    return keys.activate(by, known, facts, ownerId);
  }

  /**
   * Gives a key that is in stock to a user, who has yet to initialise it.
   *
   * @param choice what becomes of passkeys of other users on it; null if there are none
   * @throws ProblemException {@code CONFLICT} unless it is in stock and no other user can sign in
   *     with it; {@code NOT_FOUND} if there is no such user
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey assign(Actor by, long id, long userId, @Nullable PasskeyDisposal choice) {
    User owner = users.find(userId);
    keys.hold(id).requireInStock();
    return keys.assign(by, id, present(owner), disposed.ofOthers(by, id, userId, choice));
  }

  /**
   * Reports a key lost.
   *
   * @param choice what becomes of the passkeys on it; null if there are none in use
   * @throws ProblemException {@code CONFLICT} if it has no owner, or if the choice is missing
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey lose(Actor by, long id, @Nullable PasskeyDisposal choice) {
    keys.hold(id);
    return keys.lose(by, id, disposed.chosen(by, id, choice));
  }

  /**
   * Takes a key out of use.
   *
   * @param choice what becomes of the passkeys on it; null if there are none in use
   * @throws ProblemException {@code CONFLICT} if the choice is missing
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey retire(Actor by, long id, @Nullable PasskeyDisposal choice) {
    keys.hold(id);
    return keys.retire(by, id, disposed.chosen(by, id, choice));
  }

  /**
   * Puts a key back in stock, without an owner.
   *
   * @param choice {@code REVOKE} if passkeys in use are on it
   * @throws ProblemException {@code CONFLICT} if a user could still sign in with it
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey restock(Actor by, long id, @Nullable PasskeyDisposal choice) {
    keys.hold(id);
    return keys.restock(by, id, disposed.revoked(by, id, choice));
  }

  /**
   * Gives the owner of a lost or retired key another one, and promises the passkey for it.
   *
   * @param choice what becomes of the passkeys on the old key; null if there are none in use
   * @throws ProblemException {@code CONFLICT} if the old key has no owner, the new one is not in
   *     stock, or the choice is missing
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public Replaced replace(
      Actor by, long id, KeyReplacement replacement, @Nullable PasskeyDisposal choice) {
    // In one order, so that two replacements do not wait for each other.
    Stream.concat(Stream.of(id), replacement.newKeyId().stream()).sorted().forEach(keys::hold);
    SecurityKey old = keys.find(id);
    User owner = present(users.find(old.ownerId().orElseThrow(KeyLifecycle::nobodys)));
    boolean hadPasskey = onKeys.ever(id).stream().anyMatch(it -> it.userId() == owner.id());
    Map<String, String> details = new HashMap<>(takeAway(by, old, replacement, choice));
    Optional<SecurityKey> given =
        replacement.newKeyId().map(it -> assign(by, it, owner.id(), choice));
    given.ifPresent(it -> details.put("replacement", it.id() + " " + it.name()));
    keys.replaced(by, id, details);
    boolean waits = !passkeys.promisedTo(owner.id()).isEmpty();
    Optional<Passkey> promised =
        hadPasskey && !waits
            ? Optional.of(passkeys.assign(by, owner.id(), owner.integrationId()))
            : Optional.empty();
    return new Replaced(old, given, promised);
  }

  /** A key that is out of use already stays as it is; its passkeys may still be in use. */
  private Map<String, String> takeAway(
      Actor by, SecurityKey old, KeyReplacement replacement, @Nullable PasskeyDisposal choice) {
    Map<String, String> details = disposed.chosen(by, old.id(), choice);
    if (!old.isOutOfUse()) {
      if (replacement.reason() == SecurityKey.State.LOST) {
        keys.lose(by, old.id(), Map.of());
      } else {
        keys.retire(by, old.id(), Map.of());
      }
    }
    return details;
  }

  /**
   * Records that a key was reset, so it opens no account any more. Its passkeys are withdrawn, and
   * its owner is removed.
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public void erased(Actor by, ErasedKey key) {
    List<Passkey> lost = new ArrayList<>(key.found());
    key.keyId().map(id -> onKeys.ever(keys.hold(id).id())).ifPresent(lost::addAll);
    keys.erased(by, key.keyId(), key.plugged(), disposed.erased(by, key, lost));
  }

  private static User present(User owner) {
    owner.requireUnchanged();
    if (Passkeys.hasLeft(owner)) {
      throw ProblemException.conflict(DirectoryMessage.LEFT, owner.login());
    }
    return owner;
  }

  private static ProblemException nobodys() {
    return ProblemException.conflict(KeyMessage.NOT_GIVEN_OUT, SecurityKey.State.IN_STOCK);
  }
}
