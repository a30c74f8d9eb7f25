package dev.keysmith.core.seal;

/**
 * Fired as a CDI event, in a transaction, when the server first starts with a database that an
 * older version has written: each feature seals what that version has not. It is fired once only: a
 * second time would seal rows that were changed past the server.
 *
 * @param already which rows are sealed: none ({@link #NOTHING}), or those by which operators are
 *     let in and the audit log ({@link #OPERATORS})
 */
public record SealingBegun(int already) {

  /** No version that seals rows has worked with this database. */
  public static final int NOTHING = 0;

  /** Operators, their passkeys and links, tokens, and the audit log. */
  public static final int OPERATORS = 1;

  /** Also integrations, users, passkeys, codes and random PINs: all that there is. */
  public static final int ALL = 2;

  /** Whether rows are to be sealed that are sealed from this on. */
  public boolean lacks(int extent) {
    return already < extent;
  }
}
