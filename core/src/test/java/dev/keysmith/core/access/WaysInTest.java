package dev.keysmith.core.access;

import static dev.keysmith.core.access.NamedCaller.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.activation.ActivationCodes;
import dev.keysmith.core.activation.ActivationSession;
import dev.keysmith.core.activation.Activations;
import dev.keysmith.core.activation.IssuedCode;
import dev.keysmith.core.activation.Redemptions;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.integration.IntegrationCheckPassed;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.Operators;
import dev.keysmith.core.operator.SetUpNames;
import dev.keysmith.core.operator.SetUps;
import dev.keysmith.core.session.Desk;
import dev.keysmith.core.session.KeySession;
import dev.keysmith.testing.key.VirtualKey;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers without a role, who still get done what is theirs to do. */
class WaysInTest {

  @RegisterExtension final Core core = new Core().unnamed();

  @Test
  void letsTheHolderOfASetUpLinkSetAPassword() {
    char[] link = SERVER.call(() -> core.get(SetUps.class).issueFirst("main")).text();

    Operator ann =
        core.get(SetUps.class)
            .setPassword(
                link, new SetUpNames("ann", "Ann"), "forty-two green umbrellas".toCharArray());

    assertThat(core.get(Operators.class).get(ann.id()).hasPassword()).isTrue();
  }

  @Test
  void letsTheOwnerWriteTheOwnPasskey() {
    Desk desk = SERVER.call(() -> new Desk(core, "u1"));
    PluggedKey key = desk.plug(VirtualKey.builder().build());
    SERVER.call(() -> desk.assign("u1"));
    ActivationSession session = redeem(desk.user("u1").id());

    KeySession begun =
        core.get(Activations.class)
            .start(session, key.transport(), key.descriptor().id(), "482913".toCharArray());

    assertThat(ended(begun).state()).as(Desk.lastWords(begun)).isEqualTo(KeySession.State.DONE);
  }

  private ActivationSession redeem(long userId) {
    try (IssuedCode code =
        SERVER.call(() -> core.get(ActivationCodes.class).issue(Desk.OPERATOR, userId, false))) {
      return core.get(Redemptions.class).redeem(code.text().clone(), "192.0.2.1").session();
    }
  }

  private KeySession ended(KeySession session) {
    long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (session.state() == KeySession.State.RUNNING) {
      assertThat(System.nanoTime()).isLessThan(patience);
      core.deliver();
      LockSupport.parkNanos(1_000_000);
    }
    return session;
  }

  @Test
  void letsTheServerDoWhatAnEventAsksFor() throws Exception {
    core.inTransaction(() -> core.get(Events.class).record(new IntegrationCheckPassed(1)));

    core.deliver();

    assertThat(core.queued()).isZero();
  }
}
