package dev.keysmith.core.audit;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.page.CsvTable;
import dev.keysmith.core.page.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes the audit log out, entry by entry, however long it is; and that it was, into the log. */
@ApplicationScoped
public class AuditExport {

  private static final int STEP = 500;

  @Inject Audit audit;

  /**
   * As CSV, with a row of titles; the details as one JSON object.
   *
   * @param filters of {@link Audit#list}
   * @param to stays the caller's to close
   */
  @Allowed({Role.ADMINISTRATOR, Role.AUDITOR})
  public void csv(Actor by, Map<String, String> filters, Writer to) {
    audit.exporting(by, "CSV", filters);
    try (CsvTable table =
        new CsvTable(
            to,
            "id",
            "at",
            "actorKind",
            "actorId",
            "actor",
            "action",
            "subjectType",
            "subjectId",
            "subject",
            "details")) {
      walk(
          filters,
          entry ->
              table.row(
                  Long.toString(entry.id()),
                  entry.at().toString(),
                  entry.by().kind().name(),
                  entry.by().id(),
                  entry.by().name(),
                  entry.action(),
                  entry.subject().type(),
                  entry.subject().id(),
                  entry.subject().label(),
                  json(entry.details()).build().toString()));
    }
  }

  /**
   * As JSON, an object a line.
   *
   * @param filters of {@link Audit#list}
   * @param to stays the caller's to close
   */
  @Allowed({Role.ADMINISTRATOR, Role.AUDITOR})
  public void jsonLines(Actor by, Map<String, String> filters, Writer to) {
    audit.exporting(by, "JSON lines", filters);
    walk(filters, entry -> write(to, line(entry)));
  }

  private static String line(AuditEntry entry) {
    return Json.createObjectBuilder()
            .add("id", entry.id())
            .add("at", entry.at().toString())
            .add(
                "by",
                Json.createObjectBuilder()
                    .add("kind", entry.by().kind().name())
                    .add("id", entry.by().id())
                    .add("name", entry.by().name()))
            .add("action", entry.action())
            .add(
                "subject",
                Json.createObjectBuilder()
                    .add("type", entry.subject().type())
                    .add("id", entry.subject().id())
                    .add("label", entry.subject().label()))
            .add("details", json(entry.details()))
            .build()
        + "\n";
  }

  private static JsonObjectBuilder json(Map<String, String> details) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    details.forEach(json::add);
    return json;
  }

  private void walk(Map<String, String> filters, Consumer<AuditEntry> each) {
    PageRequest request = new PageRequest(0, 1, "", filters);
    List<AuditEntry> step = audit.after(request, 0, STEP);
    while (!step.isEmpty()) {
      step.forEach(each);
      step = audit.after(request, step.get(step.size() - 1).id(), STEP);
    }
  }

  private static void write(Writer to, String line) {
    try {
      to.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
