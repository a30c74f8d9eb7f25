package dev.keysmith.core.workflow;

import dev.keysmith.core.event.EventType;

/**
 * The application of a workflow to users already there has come so far.
 *
 * @param after the id of the last user who has been decided about
 */
@EventType("workflow.application-continued")
public record WorkflowApplicationContinued(long applicationId, long after) {}
