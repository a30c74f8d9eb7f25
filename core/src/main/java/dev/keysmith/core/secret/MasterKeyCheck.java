package dev.keysmith.core.secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Arrays;

/** Makes sure at start that the master key is the one that belongs to the database. */
@ApplicationScoped
public class MasterKeyCheck {

  private static final String PURPOSE = "master-key-check";
  private static final int ONLY = 1;

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Secrets secrets;

  /**
   * Opens what was sealed at the first start; at the first start makes the master key, unless there
   * is one.
   *
   * @throws SecretException if the file is not there or not the right one
   */
  @Transactional
  public void run() {
    SealedMark mark = entities.find(SealedMark.class, ONLY);
    if (mark != null) {
      open(mark);
      return;
    }
    if (!secrets.exists()) {
      secrets.create();
    }
    entities.persist(new SealedMark(ONLY, secrets.seal(PURPOSE, "right".toCharArray())));
  }

  private void open(SealedMark mark) {
    if (!secrets.exists()) {
      throw new SecretException(
          "The master key "
              + secrets.file()
              + " is missing, and the database holds credentials sealed with it. Restore the file"
              + " from the backup, or name it with keysmith.master-key.file.");
    }
    Arrays.fill(secrets.open(PURPOSE, mark.sealed()), '\0');
  }
}
