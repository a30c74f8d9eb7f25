package dev.keysmith.core.secret;

import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.platform.OwnerOnly;
import dev.keysmith.core.seal.KeyRing;
import dev.keysmith.core.seal.SealingBegun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes sure at start that the master key is the one that belongs to the database, and that the
 * rows of a database of an older version are sealed once.
 *
 * <p>That they are is marked in the database, sealed, and by a file: who can write to the database
 * can put an old mark there, but not take the file away. A mark that is missing beside rows gets
 * nothing sealed, whatever the data directory holds: every version has written one.
 */
@ApplicationScoped
public class MasterKeyCheck {

  private static final Logger LOG = System.getLogger(MasterKeyCheck.class.getName());
  private static final String PURPOSE = "master-key-check";

  /** What the mark says, by the extent of the seals ({@link SealingBegun}). */
  private static final List<String> MARKS = List.of("right", "rows are sealed", "owners, too");

  private static final int ONLY = 1;
  private static final String EXTENT = "Sealed: all.";
  private static final String REMEMBERED = "Do not delete. " + EXTENT + "\n";

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Secrets secrets;
  @Inject KeyRing keys;
  @Inject Configuration configuration;
  @Inject Event<SealingBegun> sealingBegun;
  @Inject TransactionSynchronizationRegistry transactions;

  /**
   * Opens what was sealed at the first start; at the first start makes the master key, unless there
   * is one.
   *
   * @throws SecretException if the file is not there or not the right one
   */
  @Transactional
  public void run() {
    SealedMark mark = entities.find(SealedMark.class, ONLY);
    if (mark == null) {
      begin();
    } else if (extent(mark) < SealingBegun.ALL) {
      sealOlder(mark, extent(mark));
    }
    rememberAfterCommit();
  }

  private void begin() {
    boolean isNew = isNew();
    if (!isNew) {
      requireKey();
    } else if (!keys.exists()) {
      keys.create();
      LOG.log(
          Level.WARNING,
          "Made the master key {0}. Back it up now, apart from the database: without it the"
              + " credentials in the database are lost.",
          keys.file());
    }
    entities.persist(new SealedMark(ONLY, sealed()));
    if (isNew) {
      sealingBegun.fire(new SealingBegun(SealingBegun.NOTHING));
    } else {
      LOG.log(
          Level.ERROR,
          "The database holds rows, but not the mark of its first start, so rows without a right"
              + " seal are not believed. If you have restored a part of a backup, restore all of"
              + " it; otherwise find out who has written to the database.");
    }
  }

  /** Whether nothing was ever done here: there is no row that sealing would make genuine. */
  private boolean isNew() {
    return Stream.of(
            "AuditEntry",
            "Operator",
            "OperatorPasskey",
            "SetUpLink",
            "ApiToken",
            "Integration",
            "User",
            "Passkey",
            "ActivationCode",
            "RandomPin")
        .allMatch(
            rows ->
                entities
                    .createQuery("select r.id from " + rows + " r", Long.class)
                    .setMaxResults(1)
                    .getResultList()
                    .isEmpty());
  }

  /** How far its rows are sealed; the mark of the first versions says nothing of it. */
  private int extent(SealedMark mark) {
    requireKey();
    char[] text = secrets.open(PURPOSE, mark.sealed());
    try {
      return Math.max(SealingBegun.NOTHING, MARKS.indexOf(new String(text)));
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  private String sealed() {
    return secrets.seal(PURPOSE, MARKS.get(SealingBegun.ALL).toCharArray());
  }

  private void requireKey() {
    if (!keys.exists()) {
      throw new SecretException(
          "The master key "
              + keys.file()
              + " is missing, and the database holds credentials sealed with it. Restore the file"
              + " from the backup, or name it with keysmith.master-key.file.");
    }
  }

  private void sealOlder(SealedMark mark, int extent) {
    if (remembered() > extent) {
      LOG.log(
          Level.ERROR,
          "The database is of an older version than this server has already worked with, so its"
              + " rows are not believed. If you have restored an old backup, delete {0} and start"
              + " again; otherwise find out who has written to the database.",
          file());
      return;
    }
    sealingBegun.fire(new SealingBegun(extent));
    mark.replace(sealed());
    LOG.log(Level.INFO, "Sealed the rows that an older version has written.");
  }

  /** How far the rows of this server's database are sealed, by its data directory. */
  private int remembered() {
    if (!Files.exists(file())) {
      return SealingBegun.NOTHING;
    }
    try {
      return Files.readString(file()).contains(EXTENT) ? SealingBegun.ALL : SealingBegun.OPERATORS;
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file() + " cannot be read", e);
    }
  }

  private Path file() {
    return configuration.data().resolve("rows-are-sealed");
  }

  private void rememberAfterCommit() {
    transactions.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // Nothing is sure yet.
          }

          @Override
          public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED && remembered() < SealingBegun.ALL) {
              OwnerOnly.write(file(), REMEMBERED.getBytes(StandardCharsets.UTF_8));
            }
          }
        });
  }
}
