package dev.keysmith.core.audit;

import dev.keysmith.core.seal.Seals;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/**
 * What of an entry is chained: everything, as it is stored.
 *
 * @param id and all others as in {@link AuditEntry}
 */
record ChainLink(
    long id,
    Instant at,
    String actorKind,
    String actorId,
    String actorName,
    String action,
    String subjectType,
    String subjectId,
    String subjectLabel,
    String details) {

  static final String COLUMNS =
      "id, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, subject_label,"
          + " details";

  static ChainLink read(ResultSet row) throws SQLException {
    return new ChainLink(
        row.getLong(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10));
  }

  /** The hash of this entry at this place behind that predecessor. */
  String hash(long number, String previous) {
    List<String> values =
        List.of(
            Long.toString(number),
            previous,
            Long.toString(id),
            Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at)),
            actorKind,
            actorId,
            actorName,
            action,
            subjectType,
            subjectId,
            subjectLabel,
            details);
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(Seals.joined("audit-entry", values)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
