package dev.keysmith.core.audit;

import dev.keysmith.core.audit.AuditProof.Fault;
import dev.keysmith.core.audit.AuditProof.Kind;
import dev.keysmith.core.audit.AuditVerification.Position;
import dev.keysmith.core.seal.Seals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Follows the chain of the audit log, some entries in a transaction. */
@ApplicationScoped
class AuditSteps {

  private static final int LENGTH = 1_000;

  @Inject DataSource dataSource;
  @Inject AuditChain chain;
  @Inject Seals seals;

  /**
   * What was seen.
   *
   * @param position how far the chain is right
   * @param last whether the end was reached
   * @param fault what is wrong behind it
   */
  record Step(Position position, boolean last, Optional<Fault> fault) {}

  /** Follows the chain from a position. */
  @Transactional
  Step next(Position from) {
    try (Connection connection = dataSource.getConnection()) {
      // First of all: what is written meanwhile comes behind it.
      long longest = chain.longest();
      Optional<AuditChain.SealedHead> end = AuditChain.read(connection, "");
      Step step = follow(connection, from);
      return step.fault().isEmpty() && step.last() ? end(connection, end, longest, step) : step;
    } catch (SQLException e) {
      throw new IllegalStateException("The audit log cannot be read", e);
    }
  }

  private static Step follow(Connection connection, Position from) throws SQLException {
    Position position = from;
    int count = 0;
    try (PreparedStatement query =
        connection.prepareStatement(
            "select "
                + ChainLink.COLUMNS
                + ", chain_number, chain_hash from audit_entry where chain_number > ?"
                + " order by chain_number limit "
                + LENGTH)) {
      query.setLong(1, from.number());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          count++;
          ChainLink link = ChainLink.read(rows);
          long number = position.number() + 1;
          if (rows.getLong(11) != number) {
            return wrong(position, Kind.REMOVED, number, 0);
          }
          String hash = link.hash(number, position.hash());
          if (!hash.equals(rows.getString(12))) {
            return wrong(position, Kind.CHANGED, number, link.id());
          }
          position = new Position(number, hash);
        }
      }
    }
    return new Step(position, count < LENGTH, Optional.empty());
  }

  private static Step wrong(Position position, Kind kind, long number, long entry) {
    return new Step(position, true, Optional.of(new Fault(kind, number, entry)));
  }

  private Step end(
      Connection connection, Optional<AuditChain.SealedHead> sealed, long longest, Step step)
      throws SQLException {
    long loose =
        AuditChain.number(
            connection, "select coalesce(min(id), 0) from audit_entry where chain_number is null");
    if (loose != 0) {
      return wrong(step.position(), Kind.INSERTED, step.position().number(), loose);
    }
    long number = step.position().number();
    long before = sealed.map(it -> it.head().entries()).orElse(0L);
    if (number < before || number < longest || !isOnChain(connection, sealed, step)) {
      return wrong(step.position(), Kind.CUT, number + 1, 0);
    }
    // Entries are written with the end in one transaction, so by now it is as far as they were.
    Optional<AuditChain.SealedHead> now = AuditChain.read(connection, "");
    boolean held = now.filter(it -> it.holds(seals) && it.head().entries() >= number).isPresent();
    return held ? step : wrong(step.position(), Kind.CUT, number + 1, 0);
  }

  /** Whether the sealed end is on the chain that was followed. */
  private boolean isOnChain(
      Connection connection, Optional<AuditChain.SealedHead> sealed, Step step)
      throws SQLException {
    if (sealed.isEmpty()) {
      return false;
    }
    ChainHead head = sealed.get().head();
    if (head.entries() == step.position().number()) {
      return sealed.get().holds(seals) && head.hash().equals(step.position().hash());
    }
    try (PreparedStatement query =
        connection.prepareStatement("select chain_hash from audit_entry where chain_number = ?")) {
      query.setLong(1, head.entries());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && head.hash().equals(row.getString(1));
      }
    }
  }
}
