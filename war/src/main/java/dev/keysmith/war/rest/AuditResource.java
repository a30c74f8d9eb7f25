package dev.keysmith.war.rest;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.AuditEntry;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.operator.Role;
import dev.keysmith.core.page.Slice;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit log, for reading. */
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.AUDITS})
@Tag(name = "Audit", description = "Who did what to whom, and when")
public class AuditResource {

  @Inject Audit audit;

  /** One entry. */
  public record Entry(
      long id, Instant at, Actor by, String action, Subject subject, Map<String, String> details) {

    static Entry of(AuditEntry entry) {
      return new Entry(
          entry.id(), entry.at(), entry.by(), entry.action(), entry.subject(), entry.details());
    }
  }

  /** A part of the log. */
  @GET
  @Operation(
      summary = "List what was done, the newest first",
      description =
          "Filters: actor, kind, action (its beginning), subjectType, subjectId, subject (part of"
              + " the label), from and to (instants).")
  public Slice<Entry> list(@BeanParam ListParameters list) {
    return audit.list(list.page()).map(Entry::of);
  }
}
