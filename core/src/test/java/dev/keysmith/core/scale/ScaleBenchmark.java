package dev.keysmith.core.scale;

import dev.keysmith.core.activation.ActivationCodes;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.bulk.Assignments;
import dev.keysmith.core.bulk.UserHoldings;
import dev.keysmith.core.directory.Groups;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.imports.Imports;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.overview.Overview;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.workflow.WorkflowPreviews;
import dev.keysmith.core.workflow.Workflows;
import java.io.Writer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How long the lists take among 100,000 users, 60,000 keys and 1,000,000 entries of the audit log.
 * Prints median and worst of some rounds and judges nothing; see the README of core.
 */
class ScaleBenchmark {

  private static final int ROUNDS = Integer.getInteger("keysmith.scale.rounds", 7);
  private static final String ONLY = System.getProperty("keysmith.scale.only", "");

  @RegisterExtension final Core core = new Core();

  @Test
  void listsAmongAHundredThousandUsers() throws Exception {
    long begin = System.nanoTime();
    Population.settle(core.get(DataSource.class), core.clock().instant());
    System.out.printf("| filled in | %,d s | |%n", since(begin).toSeconds());
    users();
    passkeys();
    keys();
    audit();
    others();
    previews();
  }

  private void users() {
    Function<PageRequest, Object> users = core.get(UserHoldings.class)::list;
    Lists list = new Lists("users", users);
    list.of("first page");
    list.of("100th page", 99 * 50);
    list.of("middle page", 50_000);
    list.of("last page", 99_950);
    for (String sort : new String[] {"-login", "name", "-name", "created", "-created"}) {
      list.sorted(sort);
    }
    list.filtered("text: one found", Map.of("text", "person04321@"));
    list.filtered("text: 100 found", Map.of("text", "given7 "));
    list.filtered("text: all found", Map.of("text", "person"));
    list.filtered("text: none found", Map.of("text", "nobody at all"));
    for (String state : new String[] {"NONE", "ASSIGNED", "ENROLLING", "ACTIVE", "REVOKED"}) {
      list.filtered("passkey " + state, Map.of("passkey", state));
    }
    for (String state : new String[] {"NONE", "ACTIVE", "LOST"}) {
      list.filtered("key " + state, Map.of("key", state));
    }
    list.filtered("status ACTIVE", Map.of("status", "ACTIVE"));
    list.filtered("status LEFT", Map.of("status", "LEFT"));
    list.filtered("integration", Map.of("integration", "" + Population.INTEGRATION));
    list.filtered("group of 100,000", Map.of("group", "" + Population.EVERYBODY));
    list.filtered("group of 400", Map.of("group", "" + Population.TEAM));
    list.filtered(
        "status, passkey, text",
        Map.of("status", "ACTIVE", "passkey", "ASSIGNED", "text", "given7"));
  }

  private void passkeys() {
    Lists list = new Lists("passkeys", core.get(Passkeys.class)::list);
    list.of("first page");
    list.of("last page", 99_950);
    for (String state : new String[] {"ASSIGNED", "ACTIVE", "FAILED", "REVOKED"}) {
      list.filtered(state, Map.of("state", state));
    }
    list.filtered("on lost keys", Map.of("state", "ACTIVE", "keyState", "LOST"));
    list.filtered("awaiting removal", Map.of("awaitsRemoval", "true"));
    list.filtered("of a user", Map.of("user", "" + Population.FIRST_USER));
  }

  private void keys() {
    Lists list = new Lists("keys", core.get(SecurityKeys.class)::list);
    list.of("first page");
    list.of("last page", 59_950);
    for (String sort : new String[] {"model", "-state", "activated", "assetTag", "serialNumber"}) {
      list.sorted(sort);
    }
    for (String state : new String[] {"IN_STOCK", "ACTIVE", "LOST"}) {
      list.filtered(state, Map.of("state", state));
    }
    list.filtered("model", Map.of("model", "Model 3"));
    list.filtered("search: one found", Map.of("search", "S000012345"));
    list.filtered("search: many found", Map.of("search", "model 3"));
    list.filtered("search: none found", Map.of("search", "nothing"));
  }

  private void audit() {
    Lists list = new Lists("audit log", core.get(Audit.class)::list);
    list.of("first page");
    list.of("100th page", 99 * 50);
    list.of("last page", 999_950);
    list.filtered("actor", Map.of("actor", "operator3"));
    list.filtered("kind", Map.of("kind", "OPERATOR"));
    list.filtered("action, many", Map.of("action", "passkey."));
    list.filtered("action, few", Map.of("action", "master-key."));
    list.filtered("action, none", Map.of("action", "workflow."));
    list.filtered("subject by id", Map.of("subjectType", "user", "subjectId", "10004321"));
    list.filtered("subject: some found", Map.of("subject", "person04321"));
    list.filtered("subject: none found", Map.of("subject", "nobody"));
    String from = core.clock().instant().minus(Duration.ofDays(30)).toString();
    list.filtered("last 30 days", Map.of("from", from));
    list.filtered("last 30 days, action", Map.of("from", from, "action", "key."));
    String to = core.clock().instant().minus(Duration.ofDays(365)).toString();
    list.filtered("older than a year", Map.of("to", to));
  }

  private void others() {
    Workflows workflows = core.get(Workflows.class);
    Imports imports = core.get(Imports.class);
    Assignments assignments = core.get(Assignments.class);
    measure("figures of the dashboard", () -> core.get(Overview.class).figures(ZoneOffset.UTC));
    new Lists("groups", core.get(Groups.class)::list).of("first page");
    new Lists("groups", core.get(Groups.class)::list).filtered("text", Map.of("text", "team 4"));
    new Lists("imports", imports::list).of("first page");
    measure(
        "imports, errors of 10,000 lines",
        () -> {
          imports.writeProblems(Population.IMPORT, Writer.nullWriter(), Message::toString);
          return "";
        });
    new Lists("activation codes", core.get(ActivationCodes.class)::list).of("first page");
    Lists runs = new Lists("workflow log", workflows::runs);
    runs.filtered("first page", Map.of("workflow", "" + Population.WORKFLOW));
    runs.filtered("decision", Map.of("workflow", "" + Population.WORKFLOW, "decision", "ASSIGNED"));
    runs.filtered("of a user", Map.of("user", "" + Population.FIRST_USER));
    Lists decisions =
        new Lists(
            "decisions of an assignment",
            request -> assignments.decisions(Population.ASSIGNMENT, request));
    decisions.of("first page");
    decisions.filtered("not assigned", Map.of("assigned", "false"));
  }

  private void previews() {
    WorkflowPreviews previews = core.get(WorkflowPreviews.class);
    Lists everybody =
        new Lists(
            "preview for everybody",
            request -> previews.preview(Population.INTEGRATION, Set.of(), request));
    everybody.of("first page");
    everybody.filtered("who gets one", Map.of("decision", "ASSIGNED"));
    everybody.filtered("who is left out", Map.of("decision", "SKIPPED"));
    everybody.filtered("text", Map.of("text", "given7 "));
    Lists team =
        new Lists(
            "preview for a team",
            request -> previews.preview(Population.INTEGRATION, Set.of(Population.TEAM), request));
    team.of("first page");
    team.filtered("who gets one", Map.of("decision", "ASSIGNED"));
  }

  /** The pages of a list. */
  private final class Lists {

    private final String name;
    private final Function<PageRequest, Object> list;

    Lists(String name, Function<PageRequest, Object> list) {
      this.name = name;
      this.list = list;
    }

    void of(String what) {
      of(what, 0);
    }

    void of(String what, int offset) {
      page(what, new PageRequest(offset, 50, "", Map.of()));
    }

    void sorted(String by) {
      page("sorted by " + by, new PageRequest(0, 50, by, Map.of()));
    }

    void filtered(String what, Map<String, String> filters) {
      page(what, new PageRequest(0, 50, "", filters));
    }

    private void page(String what, PageRequest request) {
      measure(name + ", " + what, () -> list.apply(request));
    }
  }

  private void measure(String what, Supplier<Object> work) {
    if (!what.contains(ONLY)) {
      return;
    }
    work.get();
    long[] rounds = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      stir();
      long begin = System.nanoTime();
      work.get();
      rounds[round] = since(begin).toMillis();
    }
    Arrays.sort(rounds);
    System.out.printf("| %s | %,d | %,d |%n", what, rounds[ROUNDS / 2], rounds[ROUNDS - 1]);
    System.out.flush();
  }

  private void stir() {
    try {
      Population.stir(core.get(DataSource.class));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
