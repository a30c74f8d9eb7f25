package dev.keysmith.war.panel.operator;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.AuditEntry;
import dev.keysmith.core.audit.AuditProof;
import dev.keysmith.core.audit.AuditVerification;
import dev.keysmith.core.audit.Integrity;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.core.seal.Inspection;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.list.ListQuery;
import dev.keysmith.war.panel.list.ListView;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.PageMessage;
import dev.keysmith.war.panel.page.Parameters;
import dev.keysmith.war.panel.page.Viewer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The audit log: who did what to whom, and when. */
@Named("auditLog")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.AUDITOR})
public class AuditPage {

  private static final List<String> FILTERS =
      List.of(
          "actor",
          "actorId",
          "kind",
          "action",
          "subject",
          "subjectType",
          "subjectId",
          "from",
          "to");

  /** What actions are about; the beginnings of their names. */
  private static final List<String> TOPICS =
      List.of(
          "passkey.",
          "key.",
          "activation-code.",
          "user.",
          "import.",
          "assignment.",
          "workflow.",
          "integration.",
          "operator.",
          "access.",
          "token.",
          "master-key.",
          "row.");

  @Inject Audit audit;
  @Inject AuditVerification verification;
  @Inject Integrity integrity;
  @Inject Viewer viewer;
  @Inject FacesActions acting;
  @Inject CurrentOperator current;
  @Inject HttpServletRequest request;

  private @Nullable ListView<AuditEntry> list;
  private @Nullable AuditProof proof;
  private String value = "";
  private @Nullable List<Inspection.ChangedRow> changed;

  /** The entries that the address asks for. */
  public ListView<AuditEntry> getList() {
    if (list == null) {
      list =
          ListView.load(
              ListQuery.of(request, Page.AUDIT.path(), List.of(), FILTERS), this::entries);
    }
    return list;
  }

  private Slice<AuditEntry> entries(PageRequest wanted) {
    return audit.list(
        new PageRequest(
            wanted.offset(), wanted.limit(), wanted.sort(), instants(wanted.filters())));
  }

  /** Days of the viewer as instants: from the beginning of one to the end of the other. */
  private Map<String, String> instants(Map<String, String> filters) {
    Map<String, String> exact = new HashMap<>(filters);
    exact.computeIfPresent("from", (name, day) -> start(name, day, 0));
    exact.computeIfPresent("to", (name, day) -> start(name, day, 1));
    return exact;
  }

  private String start(String name, String day, int later) {
    try {
      return LocalDate.parse(day)
          .plusDays(later)
          .atStartOfDay(viewer.getZone())
          .toInstant()
          .toString();
    } catch (DateTimeException e) {
      throw ProblemException.invalid(PageMessage.NO_DAY).at(name, ProblemMessage.FIELD_WRONG);
    }
  }

  /** Whether the address asks for it. */
  public boolean isVerifying() {
    return "log".equals(Parameters.text(request, "verify"));
  }

  /** Whether the log is as it was written. */
  public AuditProof getProof() {
    if (proof == null) {
      proof = verification.verify();
    }
    return proof;
  }

  /** What is wrong with the log, or that nothing is; the end of the key of a text. */
  public String getProofKind() {
    return getProof().fault().map(it -> it.kind().name()).orElse("INTACT");
  }

  /** Where it is wrong, or how many entries there are. */
  public String getProofNumber() {
    return Long.toString(
        getProof().fault().map(AuditProof.Fault::number).orElse(getProof().entries()));
  }

  /** What else was written past the server. */
  public List<Inspection.ChangedRow> getChanged() {
    if (changed == null) {
      changed = integrity.look();
    }
    return changed;
  }

  /** Which changed row is meant: its kind, a colon, its id. */
  public String getValue() {
    return value;
  }

  /** Called by Faces. */
  public void setValue(String value) {
    this.value = value;
  }

  /** Takes a row out of use that was written past the server. */
  @OnlyFor({Role.ADMINISTRATOR})
  public void withdraw() {
    acting.act(
        () -> {
          String[] parts = value.split(":", 2);
          long id =
              parts.length == 2 && parts[1].matches("-?\\d{1,18}") ? Long.parseLong(parts[1]) : 0;
          integrity.withdraw(current.actor(), parts[0], id);
        },
        "audit.withdrawn");
    changed = null;
  }

  /** The kinds of actors. */
  public Actor.Kind[] getKinds() {
    return Actor.Kind.values();
  }

  /** What actions are about. */
  public List<String> getTopics() {
    return TOPICS;
  }

  /** What was done, in words. */
  public String words(String action) {
    return viewer.getTexts().textOr("action." + action, action);
  }

  /** The page about a subject; empty if there is none. */
  public String address(Subject subject) {
    if (!subject.id().matches("\\d{1,18}")) {
      return "";
    }
    return switch (subject.type()) {
      case "user" -> Page.USER.path() + "?id=" + subject.id();
      case "key" -> Page.KEY.path() + "?id=" + subject.id();
      case "workflow" -> Page.WORKFLOW.path() + "?id=" + subject.id();
      default -> "";
    };
  }

  /** The page with what an actor has done; empty for actors without an id. */
  public String addressOf(Actor actor) {
    return actor.id().isEmpty()
        ? ""
        : Page.AUDIT.path() + "?kind=" + actor.kind() + "&actorId=" + encoded(actor.id());
  }

  /** The address of all that the filters leave, as a file. */
  public String export(String kind) {
    String query =
        getList().problem().isPresent()
            ? ""
            : instants(set()).entrySet().stream()
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    return "/api/audit/export." + kind + (query.isEmpty() ? "" : "?" + query);
  }

  private Map<String, String> set() {
    return FILTERS.stream()
        .filter(name -> !getList().value(name).isEmpty())
        .collect(Collectors.toMap(name -> name, name -> getList().value(name)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
