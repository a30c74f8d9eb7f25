package dev.keysmith.war.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionalException;
import org.junit.jupiter.api.Test;

class LostUpdateTest {

  private static TransactionalException atCommit(RollbackException rollback) {
    return new TransactionalException("Could not commit", rollback);
  }

  @Test
  void isSeenBehindWhatTheTransactionManagerThrowsAtCommit() {
    RollbackException rollback = new RollbackException("rolled back");
    rollback.initCause(new PersistenceException(new OptimisticLockException()));

    assertThat(LostUpdate.in(atCommit(rollback))).isTrue();
  }

  @Test
  void isSeenAmongWhatWasSuppressed() {
    RollbackException rollback = new RollbackException("rolled back");
    rollback.addSuppressed(new OptimisticLockException());

    assertThat(LostUpdate.in(atCommit(rollback))).isTrue();
  }

  @Test
  void isNotSeenInOtherFailuresOfACommit() {
    RollbackException rollback = new RollbackException("rolled back");
    rollback.initCause(new PersistenceException("the database is gone"));

    assertThat(LostUpdate.in(atCommit(rollback))).isFalse();
  }

  @Test
  void looksThroughFailuresThatNameEachOther() {
    IllegalStateException one = new IllegalStateException("one");
    IllegalStateException other = new IllegalStateException("other", one);
    one.initCause(other);

    assertThat(LostUpdate.in(one)).isFalse();
  }
}
