package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.core.workflow.Trigger;
import dev.keysmith.core.workflow.Workflow;
import dev.keysmith.core.workflow.Workflows;
import dev.keysmith.testing.key.VirtualKey;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workflows that a new key sets off decide while its owner waits, whatever the queue does. */
class WorkflowInSessionTest {

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private VirtualKey key;
  private PluggedKey plugged;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1");
    key = VirtualKey.builder().build();
    plugged = desk.plug(key);
    core.get(Workflows.class)
        .define(
            Desk.OPERATOR,
            new Workflow.Definition(
                "All", desk.integrationId(), Trigger.NEW_SECURITY_KEY_ACTIVATED, Set.of(), true));
  }

  @Test
  void writesWhatAWorkflowAssignsAlthoughNoEventIsDelivered() {
    KeySession session = desk.prepare("u1", plugged);
    desk.run(session, "482913", KeyPolicy.NONE);
    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(State.DONE);
    assertThat(key.credentials()).hasSize(1);
  }

  @Test
  void decidesNothingTwiceWhenTheEventComes() {
    desk.run(desk.prepare("u1", plugged), "482913", KeyPolicy.NONE);
    core.deliverAfter(Duration.ofMinutes(1));
    assertThat(core.queued()).isZero();
    assertThat(core.get(Workflows.class).runs(PageRequest.first()).total()).isOne();
    assertThat(desk.provider().present("u1")).hasSize(1);
  }
}
