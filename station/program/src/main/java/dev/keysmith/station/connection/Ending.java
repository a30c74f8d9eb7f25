package dev.keysmith.station.connection;

/**
 * Why a connection ended.
 *
 * @param words for the log: what happened, and what to do
 */
public record Ending(Kind kind, String words) {

  /** The kinds, as far as they decide when to try again. */
  public enum Kind {
    /** This server already has a link of this program. */
    DUPLICATE,
    /** The line was cut, or the server cannot take it now. */
    LOST,
    /** The machine slept: the server gave the link up long ago. */
    SLEPT,
    /** The server does not know this station. */
    NOT_PAIRED,
    /** The versions do not work together. */
    VERSION,
    /** Another program with this identity took the place. */
    REPLACED,
    /** One of the two broke the protocol. */
    BREACH,
    /** This program ends. */
    CLOSED
  }
}
