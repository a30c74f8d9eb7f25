package dev.keysmith.core.custody;

import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.problem.ProblemException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What is to become of the passkeys on a key whose place in the inventory changes.
 *
 * @param choice what is to become of them
 * @param seen the passkeys that the person who decided has seen; empty if the caller does not say
 */
public record PasskeyDisposal(Choice choice, Optional<Set<Long>> seen) {

  /** They are withdrawn, whichever they are. */
  public static final PasskeyDisposal REVOKE = new PasskeyDisposal(Choice.REVOKE, Optional.empty());

  /** They stay, whichever they are. */
  public static final PasskeyDisposal KEEP = new PasskeyDisposal(Choice.KEEP, Optional.empty());

  /** What becomes of passkeys. */
  public enum Choice {
    /** They are withdrawn in the same transaction. */
    REVOKE,
    /** They stay as they are: the key and its PIN are enough to sign in with them. */
    KEEP
  }

  /** The same, decided at the sight of these passkeys alone. */
  public PasskeyDisposal seeing(Collection<Long> passkeyIds) {
    return new PasskeyDisposal(choice, Optional.of(Set.copyOf(passkeyIds)));
  }

  boolean revokes() {
    return choice == Choice.REVOKE;
  }

  /**
   * Refuses a decision about passkeys of which one came into use after they were looked at.
   *
   * @param seen the passkeys that were seen; empty if that is not known
   * @throws ProblemException {@code CONFLICT}
   */
  public static void requireSeen(Collection<Passkey> held, Optional<Set<Long>> seen) {
    if (seen.isPresent() && held.stream().anyMatch(each -> !seen.get().contains(each.id()))) {
      throw ProblemException.conflict(CustodyMessage.PASSKEYS_CHANGED);
    }
  }
}
