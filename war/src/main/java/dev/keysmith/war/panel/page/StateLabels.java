package dev.keysmith.war.panel.page;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.bulk.BulkRun;
import dev.keysmith.core.imports.ImportPlan;
import dev.keysmith.core.imports.ImportRun;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.workflow.Trigger;
import dev.keysmith.core.workflow.WorkflowRun;
import dev.keysmith.spi.idp.DirectoryUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/** How states are called, and which of them are good and which are not. */
@Named("words")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class StateLabels {

  private static final String GOOD = "ks-good";
  private static final String WARN = "ks-warn";
  private static final String BAD = "ks-bad";
  private static final String OFF = "ks-off";

  /** The key of the words for how far work on many users is. */
  public String walk(BulkRun.State state) {
    return switch (state) {
      case RUNNING -> "walk.running";
      case DONE -> "walk.done";
      case CANCELLED -> "walk.cancelled";
      case FAILED -> "walk.failed";
    };
  }

  /** The colour of that. */
  public String walkColour(BulkRun.State state) {
    return switch (state) {
      case RUNNING -> WARN;
      case DONE -> GOOD;
      case CANCELLED -> OFF;
      case FAILED -> BAD;
    };
  }

  /** The key of the words for the state of a passkey, as a list shows it. */
  public String passkey(Passkey.State state) {
    return switch (state) {
      case ASSIGNED -> "passkey.waiting";
      case ENROLLING -> "passkey.enrolling";
      case ACTIVE -> "passkey.active";
      case FAILED -> "passkey.failed";
      case REVOKED -> "passkey.revoked";
    };
  }

  /** The colour of a state. */
  public String colour(Passkey.State state) {
    return switch (state) {
      case ASSIGNED, ENROLLING -> WARN;
      case ACTIVE -> GOOD;
      case FAILED -> BAD;
      case REVOKED -> OFF;
    };
  }

  /** The key of the words for the state of a security key. */
  public String key(SecurityKey.State state) {
    return switch (state) {
      case IN_STOCK -> "key.in-stock";
      case ASSIGNED -> "key.assigned";
      case ACTIVE -> "key.active";
      case LOST -> "key.lost";
      case RETIRED -> "key.retired";
    };
  }

  /** The colour of a state. */
  public String keyColour(SecurityKey.State state) {
    return switch (state) {
      case IN_STOCK, RETIRED -> OFF;
      case ASSIGNED -> WARN;
      case ACTIVE -> GOOD;
      case LOST -> BAD;
    };
  }

  /** The key of the words for what the directory says of a user. */
  public String user(DirectoryUser.Status status) {
    return switch (status) {
      case ACTIVE -> "user.active";
      case STAGED -> "user.staged";
      case SUSPENDED -> "user.suspended";
      case LEFT -> "user.left";
    };
  }

  /** The colour of a status. */
  public String userColour(DirectoryUser.Status status) {
    return switch (status) {
      case ACTIVE -> GOOD;
      case STAGED, SUSPENDED -> WARN;
      case LEFT -> OFF;
    };
  }

  /** The key of the words for what sets a workflow off. */
  public String trigger(Trigger trigger) {
    return switch (trigger) {
      case NEW_USER_IMPORTED -> "trigger.new-user";
      case NEW_SECURITY_KEY_ACTIVATED -> "trigger.new-key";
    };
  }

  /** The key of the words for a decision. */
  public String decision(WorkflowRun.Decision decision) {
    return switch (decision) {
      case ASSIGNED -> "decision.assigned";
      case SKIPPED -> "decision.skipped";
    };
  }

  /** The key of the words for the state of an import. */
  public String importing(ImportRun.State state) {
    return switch (state) {
      case QUEUED -> "import.queued";
      case RUNNING -> "import.running";
      case DONE -> "import.done";
      case FAILED -> "import.failed";
      case CANCELLED -> "import.cancelled";
    };
  }

  /** The colour of a state. */
  public String importColour(ImportRun.State state) {
    return switch (state) {
      case QUEUED, RUNNING -> WARN;
      case DONE -> GOOD;
      case FAILED -> BAD;
      case CANCELLED -> OFF;
    };
  }

  /** The key of the words for what an import does at this moment. */
  public String phase(ImportRun.Phase phase) {
    return switch (phase) {
      case USERS -> "import.phase-users";
      case LINES -> "import.phase-lines";
      case GROUPS -> "import.phase-groups";
      case LEAVERS -> "import.phase-leavers";
      case ANNOUNCEMENT -> "import.phase-announcement";
    };
  }

  /** The key of the words for whom an import is about. */
  public String scope(ImportPlan.Scope scope) {
    return switch (scope) {
      case WHOLE -> "import.whole";
      case GROUPS -> "import.groups";
      case LIST -> "import.list";
    };
  }

  /** The key of the words for what becomes of users who are known. */
  public String mode(ImportPlan.Mode mode) {
    return switch (mode) {
      case NEW_ONLY -> "import.new-only";
      case NEW_AND_UPDATE -> "import.new-and-update";
    };
  }
}
