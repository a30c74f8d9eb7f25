package dev.keysmith.core.custody;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.enrolment.LeftoverCredentials;
import dev.keysmith.core.enrolment.PasskeysOnKeys;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the passkeys on a key, in the transaction of the key's change. Each method
 * answers with the details for the entry in the audit log.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class DisposedPasskeys {

  @Inject Passkeys passkeys;
  @Inject PasskeysOnKeys onKeys;
  @Inject LeftoverCredentials leftovers;
  @Inject Users users;
  @Inject Clock clock;

  /** The passkeys in use become what the caller says. */
  Map<String, String> chosen(Actor by, long keyId, @Nullable PasskeyDisposal choice) {
    List<Passkey> held = onKeys.inUse(keyId);
    if (held.isEmpty()) {
      return Map.of();
    }
    if (choice == null) {
      throw ProblemException.conflict(CustodyMessage.PASSKEYS_UNDECIDED, held.size());
    }
    PasskeyDisposal.requireSeen(held, choice.seen());
    return choice.revokes() ? revoke(by, held) : Map.of("kept", words(held));
  }

  /** No passkey in use may stay. */
  Map<String, String> revoked(Actor by, long keyId, @Nullable PasskeyDisposal choice) {
    return revokedIfAny(by, onKeys.inUse(keyId), choice);
  }

  /** No passkey in use of another user may stay. */
  Map<String, String> ofOthers(Actor by, long keyId, long owner, @Nullable PasskeyDisposal choice) {
    List<Passkey> others =
        onKeys.inUse(keyId).stream().filter(each -> each.userId() != owner).toList();
    return revokedIfAny(by, others, choice);
  }

  private Map<String, String> revokedIfAny(
      Actor by, List<Passkey> held, @Nullable PasskeyDisposal choice) {
    if (held.isEmpty()) {
      return Map.of();
    }
    if (choice == null || !choice.revokes()) {
      throw ProblemException.conflict(CustodyMessage.PASSKEYS_IN_USE, held.size());
    }
    PasskeyDisposal.requireSeen(held, choice.seen());
    return revoke(by, held);
  }

  private Map<String, String> revoke(Actor by, List<Passkey> held) {
    held.forEach(each -> passkeys.revoke(by, each.id()));
    return Map.of("revoked", words(held));
  }

  /**
   * The credentials are gone with the key's memory. An enrolment that is still to be settled ends
   * with its passkey revoked, too.
   */
  Map<String, String> erased(Actor by, ErasedKey key, List<Passkey> lost) {
    List<Passkey> all = lost.stream().map(each -> passkeys.find(each.id())).distinct().toList();
    List<Passkey> inUse = all.stream().filter(Passkey::isInUse).toList();
    inUse.forEach(each -> passkeys.revoke(by, each.id()));
    all.forEach(each -> each.erase(clock.instant()));
    key.keyId().ifPresent(leftovers::forget);
    Map<String, String> details = new HashMap<>();
    details.put("recognised", key.recognisedBy().name());
    if (!inUse.isEmpty()) {
      details.put("revoked", words(inUse));
    }
    return details;
  }

  /** For the audit log: which, and whose. */
  private String words(List<Passkey> held) {
    return held.stream()
        .map(each -> each.id() + " of " + users.find(each.userId()).login())
        .collect(Collectors.joining(", "));
  }
}
