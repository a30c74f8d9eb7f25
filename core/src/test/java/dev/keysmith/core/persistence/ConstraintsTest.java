package dev.keysmith.core.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintsTest {

  private static PersistenceException failedWith(SQLException cause) {
    return new PersistenceException(new IllegalStateException(cause));
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "23503", "23000"})
  void seesAViolatedConstraintBehindWhatJpaThrows(String state) {
    assertThat(Constraints.violated(failedWith(new SQLException("no", state)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "40001", "57P01", "22001"})
  void takesNoOtherFailureForOne(String state) {
    assertThat(Constraints.violated(failedWith(new SQLException("no", state)))).isFalse();
  }

  @Test
  void managesWithoutAnSqlState() {
    assertThat(Constraints.violated(failedWith(new SQLException("no")))).isFalse();
    assertThat(Constraints.violated(new PersistenceException("no"))).isFalse();
  }
}
