package dev.keysmith.core.seal;

import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row that lets people in, or says where a passkey leads. It is sealed under the master key
 * whenever the server writes it; one that was written past the server has the wrong seal and grants
 * nothing.
 */
@MappedSuperclass
public abstract class SealedRow {

  @Column(name = "seal")
  private @Nullable String seal;

  @Transient private boolean changedOutside;

  /** What the seal in the database is for. */
  @Transient private @Nullable List<String> sealed;

  /** The identifier. */
  public abstract long id();

  /** What the row is, in the words of the audit log. */
  protected abstract String kind();

  /** What people call it. */
  public abstract String called();

  /** All that decides whom the row lets in, and to what; times as {@link #texts} writes them. */
  protected abstract List<String> sealedValues();

  /** Whether the row was written past the server. */
  public boolean isChangedOutside() {
    return changedOutside;
  }

  /**
   * Refuses to act by a row that was written past the server.
   *
   * @throws ProblemException {@code CONFLICT}
   */
  public void requireUnchanged() {
    if (changedOutside) {
      throw ProblemException.conflict(SealMessage.CHANGED_OUTSIDE);
    }
  }

  @PostLoad
  void check() {
    List<String> values = sealedValues();
    changedOutside = !seals().holds(seal, kind(), values);
    sealed = values;
    if (changedOutside) {
      seals().met(kind(), id());
    }
  }

  /** What was changed outside is not made right by a change of something else. */
  @PreUpdate
  void renew() {
    if (!changedOutside && !sealedValues().equals(sealed)) {
      seal();
    }
  }

  /** Seals the row as it is. To be called when it has its id, and its values are the server's. */
  public void seal() {
    changedOutside = false;
    sealed = sealedValues();
    seal = seals().seal(kind(), sealed);
  }

  private static Seals seals() {
    return CDI.current().select(Seals.class).get();
  }

  /** Values as they are sealed. */
  protected static List<String> texts(@Nullable Object... values) {
    return Stream.of(values).map(SealedRow::text).toList();
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Instant instant) {
      return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }
    return value == null ? "none" : value.toString();
  }
}
