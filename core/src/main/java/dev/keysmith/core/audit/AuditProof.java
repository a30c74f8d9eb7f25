package dev.keysmith.core.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the audit log is as the server has written it.
 *
 * @param intact whether it is
 * @param entries how many were looked at
 * @param hash of the last one: kept elsewhere, it proves later that nothing before it was changed
 * @param at when it was looked at
 * @param fault what is wrong, where there is something
 */
public record AuditProof(
    boolean intact, long entries, String hash, Instant at, Optional<Fault> fault) {

  /**
   * The first thing that is wrong.
   *
   * @param kind what
   * @param number the place on the chain where it was found
   * @param entry the id of the entry there, or 0 if there is none
   */
  public record Fault(Kind kind, long number, long entry) {}

  /** What can be wrong. */
  public enum Kind {
    /** An entry is not the one that was written behind its predecessor. */
    CHANGED,
    /** An entry is not there any more. */
    REMOVED,
    /** An entry was not written by the server. */
    INSERTED,
    /** The end was cut off or put in by another hand. */
    CUT
  }
}
