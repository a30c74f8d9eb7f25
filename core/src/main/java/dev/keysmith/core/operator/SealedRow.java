package dev.keysmith.core.operator;

import dev.keysmith.core.seal.Seals;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that lets people in. It is sealed under the master key whenever the server writes it; one
 * that was written past the server has the wrong seal and grants nothing.
 */
@MappedSuperclass
abstract class SealedRow {

  @Column(name = "seal")
  private @Nullable String seal;

  @Transient private boolean changedOutside;

  /** What the row is, in the words of the audit log. */
  abstract String kind();

  /** All that decides whom the row lets in, and to what. */
  abstract List<String> sealedValues();

  /** Whether the row was written past the server. */
  public boolean isChangedOutside() {
    return changedOutside;
  }

  @PostLoad
  void check() {
    changedOutside = !seals().holds(seal, kind(), sealedValues());
  }

  /** What was changed outside is not made right by a change of something else. */
  @PreUpdate
  void renew() {
    if (!changedOutside) {
      seal = seals().seal(kind(), sealedValues());
    }
  }

  /** Seals the row as it is. To be called when it has its id, and its changes are the server's. */
  void seal() {
    changedOutside = false;
    renew();
  }

  private static Seals seals() {
    return CDI.current().select(Seals.class).get();
  }

  static String text(@Nullable Object value) {
    if (value instanceof Instant instant) {
      return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }
    return value == null ? "none" : value.toString();
  }
}
