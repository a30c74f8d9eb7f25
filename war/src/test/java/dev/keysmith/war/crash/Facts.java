package dev.keysmith.war.crash;

import dev.keysmith.testing.key.VirtualKey.KeyCredential;
import dev.keysmith.testing.org.PracticeOrg;
import dev.keysmith.testing.org.factor.OrgFactor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What is stored, at the org and on the keys, looked at without any server. */
final class Facts {

  private static final String ENROLMENT =
      "select p.state, e.ticket, e.held_before, e.credential_id, e.passkey_id as open"
          + " from passkey p left join enrolment e on e.passkey_id = p.id where p.id = ?";

  private final Cluster cluster;
  private final PracticeOrg org;

  Facts(Cluster cluster, PracticeOrg org) {
    this.cluster = cluster;
    this.org = org;
  }

  /** How far a session had come whose server is dead. */
  Moment momentOf(Running session) throws SQLException {
    try (Connection connection = cluster.connection();
        PreparedStatement query = connection.prepareStatement(ENROLMENT)) {
      query.setLong(1, session.person().passkeyId());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString("open") == null
            ? withoutEnrolment(session, row.getString("state"))
            : withEnrolment(session, row);
      }
    }
  }

  private static Moment withoutEnrolment(Running session, String state) {
    if (state.equals("ACTIVE")) {
      return Moment.ACTIVE;
    }
    return switch (session.step()) {
      case "" -> Moment.STARTING;
      case "EXAMINE", "PIN" -> Moment.EXAMINING;
      default -> Moment.INITIALISED;
    };
  }

  private Moment withEnrolment(Running session, ResultSet row) throws SQLException {
    Person person = session.person();
    if (session.isAgain() && !session.step().equals("ENROL")) {
      return Moment.SETTLING;
    }
    if (row.getString("credential_id") != null) {
      boolean active = org.factors(person.login()).stream().anyMatch(OrgFactor::isActive);
      return active ? Moment.ACTIVE_UNKNOWN : Moment.STORED;
    }
    String before = row.getString("held_before");
    if (before != null) {
      boolean written = held(person).stream().anyMatch(id -> !before.contains(id));
      return written ? Moment.WRITTEN : Moment.WRITING;
    }
    if (row.getString("ticket") != null) {
      return Moment.PENDING;
    }
    return org.factors(person.login()).isEmpty() ? Moment.BEGUN : Moment.PENDING_UNKNOWN;
  }

  /** The ids of the credentials on the key of a person. */
  static List<String> held(Person person) {
    return person.virtual().credentials().stream()
        .map(KeyCredential::id)
        .map(id -> id.toBase64Url())
        .toList();
  }

  /** Whether an enrolment has neither ended nor been settled, or a factor waits for a response. */
  boolean isSomethingOpen(List<Person> people) throws SQLException {
    return !open().isEmpty() || !pending(people).isEmpty();
  }

  /** Who has a factor at the org that waits for a response. */
  List<String> pending(List<Person> people) {
    return people.stream()
        .map(Person::login)
        .filter(login -> !org.factors(login).stream().allMatch(OrgFactor::isActive))
        .toList();
  }

  /** The passkeys whose enrolment has neither ended nor been settled. */
  List<String> open() throws SQLException {
    return column(
        "select p.id from passkey p left join enrolment e on e.passkey_id = p.id"
            + " where p.state = 'ENROLLING' or e.passkey_id is not null order by p.id");
  }

  /** The accounts whose credentials an undone enrolment may have left on a key. */
  List<String> leftovers(long keyId) throws SQLException {
    return column("select user_handle from leftover_credential where key_id = " + keyId);
  }

  /** How many credentials are recorded that may be left on keys. */
  String leftovers() throws SQLException {
    return column("select count(*) from leftover_credential").get(0);
  }

  private List<String> column(String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = cluster.connection();
        PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
