package dev.keysmith.core.workflow;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.bulk.BulkRun;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** A workflow applied to the users who are there already. */
@Entity
@Table(name = "workflow_application")
public class WorkflowApplication extends BulkRun {

  @Column(name = "workflow_id")
  private long workflowId;

  /** For the persistence provider. */
  protected WorkflowApplication() {}

  WorkflowApplication(Workflow workflow, Actor by, long total, Instant now) {
    super(by, total, now);
    this.workflowId = workflow.id();
  }

  /** Of which workflow. */
  public long workflowId() {
    return workflowId;
  }

  /** The cause under which its decisions are in the run log. */
  public String cause() {
    return "application:" + id();
  }
}
