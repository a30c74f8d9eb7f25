package dev.keysmith.station.link;

/** Why the server refuses a connection, as far as it decides what the station does next. */
public enum Refusal {
  /** The station is not known, its pairing was revoked, or its proof is wrong: pair it again. */
  NOT_PAIRED,
  /** The versions do not work together: one of the two must be updated. */
  VERSION,
  /**
   * A newer connection has proven to be the same station. A program that did not make it finds that
   * a second one runs with its identity.
   */
  REPLACED,
  /** The server cannot take the connection now: try again later. */
  BUSY,
  /** The station broke the protocol. */
  PROTOCOL
}
