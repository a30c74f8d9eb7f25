package dev.keysmith.core.bulk;

import dev.keysmith.core.audit.Actor;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.io.StringReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Passkeys for many users at once, on the word of an operator. */
@Entity
@Table(name = "assignment_run")
public class AssignmentRun extends BulkRun {

  private String filters = "{}";

  @ElementCollection
  @CollectionTable(name = "assignment_run_user", joinColumns = @JoinColumn(name = "run_id"))
  @Column(name = "user_id")
  private Set<Long> userIds = new HashSet<>();

  /** For the persistence provider. */
  protected AssignmentRun() {}

  AssignmentRun(Actor by, UserSelection selection, long total, Instant now) {
    super(by, total, now);
    JsonObjectBuilder json = Json.createObjectBuilder();
    selection.filters().forEach(json::add);
    filters = json.build().toString();
    userIds.addAll(selection.ids());
  }

  /** Whom it is for. */
  UserSelection selection() {
    return userIds.isEmpty()
        ? UserSelection.matching(filters())
        : new UserSelection(userIds, Map.of());
  }

  /** The filters by which the users were chosen; empty for ids, or for everybody. */
  public Map<String, String> filters() {
    Map<String, String> read = new HashMap<>();
    try (JsonReader reader = Json.createReader(new StringReader(filters))) {
      reader
          .readObject()
          .forEach((name, value) -> read.put(name, ((JsonString) value).getString()));
    }
    return read;
  }
}
