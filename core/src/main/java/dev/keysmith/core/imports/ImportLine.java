package dev.keysmith.core.imports;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.userlist.UserList;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line of a list of users that is imported. */
@Entity
@Table(name = "import_run_line")
class ImportLine {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Column(name = "run_id")
  private long runId;

  private int line;

  @Column(name = "user_key")
  private String key = "";

  private @Nullable Message problem;

  /** For the persistence provider. */
  protected ImportLine() {}

  ImportLine(long runId, UserList.Line source) {
    this.runId = runId;
    this.line = source.number();
    this.key = source.key();
    this.problem = source.problem().orElse(null);
  }

  /** A user of an import that has no list. */
  ImportLine(long runId, int number, UserPage.Refused refused) {
    this.runId = runId;
    this.line = number;
    this.key = refused.user();
    this.problem = refused.why();
  }

  void fail(Message why) {
    problem = why;
  }

  /** The number of the line in the file, 1 for the first. */
  int line() {
    return line;
  }

  /** The login, or the id at the identity provider. */
  String key() {
    return key;
  }

  Optional<Message> problem() {
    return Optional.ofNullable(problem);
  }
}
