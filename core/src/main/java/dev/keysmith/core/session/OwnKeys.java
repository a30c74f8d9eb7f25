package dev.keysmith.core.session;

import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.OpenKeys;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SerialNumbers;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Which keys at a station are for a person who comes with no more than an activation code: the own
 * ones and those without an owner. Wrong PINs block a key, so they are not tried on another
 * person's.
 */
@ApplicationScoped
public class OwnKeys {

  @Inject SerialNumbers serialNumbers;
  @Inject KeyHoldings holdings;
  @Inject OpenKeys openKeys;

  /** Whether a plugged key is known to be the user's. */
  public boolean isOwn(PluggedKey plugged, long userId) {
    return serialNumbers
        .bySerialNumber(plugged.descriptor())
        .flatMap(SecurityKey::ownerId)
        .filter(owner -> owner == userId)
        .isPresent();
  }

  /**
   * Whether a plugged key is known to be another user's. One with the serial number of a key in use
   * that has no PIN is another device: some models show the same number on every one.
   */
  public boolean isAnothers(PluggedKey plugged, long userId) {
    Optional<SecurityKey> known = serialNumbers.bySerialNumber(plugged.descriptor());
    return known.filter(key -> isAnothers(key, userId)).isPresent()
        && !(known.get().state() == SecurityKey.State.ACTIVE && hasNoPin(plugged));
  }

  private static boolean isAnothers(SecurityKey key, long userId) {
    return key.ownerId().filter(owner -> owner != userId).isPresent();
  }

  private boolean hasNoPin(PluggedKey plugged) {
    try (OpenKey key = openKeys.open(plugged)) {
      return key.surelyHasNoPin();
    } catch (PluginException | CtapException | ProblemException e) {
      return false;
    }
  }

  /**
   * Refuses a key that is known to be another user's, before a PIN is asked for or tried. One whose
   * serial number does not tell is asked silently for the passkeys of others.
   *
   * @throws ProblemException {@code CONFLICT}
   */
  void requireNotAnothers(OpenKey key, long userId) {
    SecurityKey.Facts facts = KeyExaminations.facts(key);
    boolean pinSet = key.info().isClientPinSet();
    List<SecurityKey> same = serialNumbers.showing(facts);
    boolean own = same.stream().anyMatch(known -> !isAnothers(known, userId));
    boolean anothers =
        same.stream().anyMatch(known -> known.state() != SecurityKey.State.ACTIVE || pinSet);
    if (!own && anothers
        || pinSet && !serialNumbers.tellsItself(facts) && holdsPasskeyOfAnother(key, userId)) {
      throw refusal();
    }
  }

  /** The answer about another user's key. */
  public static ProblemException refusal() {
    return ProblemException.conflict(SessionMessage.NOT_YOURS);
  }

  private boolean holdsPasskeyOfAnother(OpenKey key, long userId) {
    return holdings.withoutPin(key, List.of()).passkeys().stream()
        .anyMatch(passkey -> passkey.userId() != userId);
  }
}
