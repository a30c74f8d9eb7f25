package dev.keysmith.core.audit;

import dev.keysmith.core.seal.SealingBegun;
import dev.keysmith.core.seal.Seals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Writes the entries of a transaction at its end, one behind the other on a chain (each has the
 * hash of its predecessor), whose end is sealed under the master key.
 *
 * <p>The row of the end is locked from then until the commit. It is the last lock that a
 * transaction takes, so that two of them never wait for each other, and is held for some
 * milliseconds.
 */
@ApplicationScoped
class AuditChain {

  /** Hash that no entry has: what follows is not chained to what was before. */
  static final String BROKEN = "broken";

  private static final Logger LOG = System.getLogger(AuditChain.class.getName());

  /** How far the sequence of ids goes on at a time. */
  private static final int BLOCK = 50;

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject DataSource dataSource;
  @Inject TransactionSynchronizationRegistry transactions;
  @Inject Seals seals;

  /** The longest chain that was seen: a shorter one was cut, however well its end is sealed. */
  private final AtomicLong longest = new AtomicLong();

  /** Adds an entry at the end of the transaction. */
  void add(AuditEntry entry) {
    @SuppressWarnings("unchecked")
    List<AuditEntry> waiting = (List<AuditEntry>) transactions.getResource(AuditChain.class);
    if (waiting == null) {
      List<AuditEntry> first = new ArrayList<>();
      transactions.putResource(AuditChain.class, first);
      transactions.registerInterposedSynchronization(new End(first));
      connection();
      first.add(entry);
    } else {
      waiting.add(entry);
    }
  }

  /**
   * The connection of the transaction, which the persistence provider keeps from its first use to
   * the end. One that is asked of the data source while the transaction ends does not belong to it:
   * the container has ended the call by then, and the connection commits each statement by itself.
   */
  private Connection connection() {
    return Objects.requireNonNull(entities.unwrap(Connection.class), "no transaction");
  }

  private long written(List<AuditEntry> entries) {
    Connection connection = connection();
    try {
      if (connection.getAutoCommit()) {
        throw new IllegalStateException("The audit log would be written outside the transaction");
      }
      return append(connection, entries);
    } catch (SQLException e) {
      throw new IllegalStateException("The audit log cannot be written", e);
    }
  }

  private final class End implements Synchronization {

    private final List<AuditEntry> entries;
    private long length;

    End(List<AuditEntry> entries) {
      this.entries = entries;
    }

    @Override
    public void beforeCompletion() {
      length = written(entries);
    }

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        seen(length);
      }
    }
  }

  /** Remembers how long the chain is. */
  void seen(long length) {
    longest.accumulateAndGet(length, Math::max);
  }

  long longest() {
    return longest.get();
  }

  private long append(Connection connection, List<AuditEntry> entries) throws SQLException {
    ChainHead head = lock(connection);
    List<Long> ids = ids(connection, entries.size());
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into audit_entry ("
                + ChainLink.COLUMNS
                + ", chain_number, chain_hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int i = 0; i < entries.size(); i++) {
        ChainLink link = entries.get(i).link(ids.get(i));
        long number = head.entries() + 1;
        head = new ChainHead(number, link.hash(number, head.hash()));
        fill(insert, link, head);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    write(connection, head);
    return head.entries();
  }

  private static void fill(PreparedStatement insert, ChainLink link, ChainHead head)
      throws SQLException {
    insert.setLong(1, link.id());
    insert.setObject(2, link.at().atOffset(ZoneOffset.UTC));
    String[] texts = {
      link.actorKind(),
      link.actorId(),
      link.actorName(),
      link.action(),
      link.subjectType(),
      link.subjectId(),
      link.subjectLabel(),
      link.details(),
    };
    for (int i = 0; i < texts.length; i++) {
      insert.setString(3 + i, texts[i]);
    }
    insert.setLong(11, head.entries());
    insert.setString(12, head.hash());
  }

  /** Locks the end of the chain until the transaction is over. */
  private ChainHead lock(Connection connection) throws SQLException {
    Optional<SealedHead> found = read(connection, " for update");
    long last = number(connection, "select coalesce(max(chain_number), 0) from audit_entry");
    if (found.isPresent()
        && found.get().holds(seals)
        && found.get().head().entries() == last
        && last >= longest()) {
      return found.get().head();
    }
    if (found.isEmpty()) {
      insertHead(connection);
    }
    LOG.log(
        Level.ERROR,
        "The end of the audit log was changed outside Keysmith. What is written from now on is not"
            + " chained to what was before; compare it with a copy of the log.");
    long said = found.map(it -> it.head().entries()).orElse(0L);
    return new ChainHead(Math.max(last, Math.max(said, longest())), BROKEN);
  }

  static Optional<SealedHead> read(Connection connection, String lock) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "select entries, chain_hash, seal from audit_head where id = 1" + lock);
        ResultSet row = query.executeQuery()) {
      return row.next()
          ? Optional.of(
              new SealedHead(new ChainHead(row.getLong(1), row.getString(2)), row.getString(3)))
          : Optional.empty();
    }
  }

  /** The end of the chain as it is stored. */
  record SealedHead(ChainHead head, String seal) {

    boolean holds(Seals seals) {
      return seals.holds(seal, ChainHead.PURPOSE, head.values());
    }
  }

  private static void insertHead(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into audit_head values (1, 0, '', '')")) {
      insert.executeUpdate();
    }
  }

  private void write(Connection connection, ChainHead head) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update audit_head set entries = ?, chain_hash = ?, seal = ? where id = 1")) {
      update.setLong(1, head.entries());
      update.setString(2, head.hash());
      update.setString(3, seals.seal(ChainHead.PURPOSE, head.values()));
      update.executeUpdate();
    }
  }

  /** Unused ids, in ascending order. */
  private static List<Long> ids(Connection connection, int count) throws SQLException {
    boolean postgres = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    String next = postgres ? "select nextval('keysmith_id')" : "select next value for keysmith_id";
    List<Long> ids = new ArrayList<>();
    while (ids.size() < count) {
      long last = number(connection, next);
      for (long id = last - BLOCK + 1; id <= last && ids.size() < count; id++) {
        ids.add(id);
      }
    }
    return ids;
  }

  static long number(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  @Transactional(TxType.MANDATORY)
  void adopt(@Observes SealingBegun begun) {
    if (!begun.lacks(SealingBegun.OPERATORS)) {
      return;
    }
    try (Connection connection = dataSource.getConnection()) {
      adopt(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("The audit log cannot be chained", e);
    }
  }

  /** Chains the entries that were there before there was a chain; once, see the baseline. */
  private void adopt(Connection connection) throws SQLException {
    if (read(connection, " for update").isEmpty()) {
      insertHead(connection);
    }
    ChainHead head = ChainHead.NONE;
    try (PreparedStatement all =
            connection.prepareStatement(
                "select "
                    + ChainLink.COLUMNS
                    + " from audit_entry where id > ? order by id limit 1000");
        PreparedStatement update =
            connection.prepareStatement(
                "update audit_entry set chain_number = ?, chain_hash = ? where id = ?")) {
      long after = Long.MIN_VALUE;
      List<ChainLink> step = step(all, after);
      while (!step.isEmpty()) {
        for (ChainLink link : step) {
          long number = head.entries() + 1;
          head = new ChainHead(number, link.hash(number, head.hash()));
          update.setLong(1, number);
          update.setString(2, head.hash());
          update.setLong(3, link.id());
          update.addBatch();
        }
        update.executeBatch();
        step = step(all, step.get(step.size() - 1).id());
      }
    }
    write(connection, head);
    longest.set(head.entries());
  }

  private static List<ChainLink> step(PreparedStatement all, long after) throws SQLException {
    all.setLong(1, after);
    List<ChainLink> links = new ArrayList<>();
    try (ResultSet rows = all.executeQuery()) {
      while (rows.next()) {
        links.add(ChainLink.read(rows));
      }
    }
    return links;
  }
}
