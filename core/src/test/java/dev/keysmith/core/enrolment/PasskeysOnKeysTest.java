package dev.keysmith.core.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.custody.PasskeyDisposal;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.session.Desk;
import dev.keysmith.testing.key.VirtualKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PasskeysOnKeysTest {

  private static final String PIN = "482913";

  @RegisterExtension final Core core = new Core();

  @Test
  void withdrawsWhatIsOnALostKeyAndLeavesOtherKeysAlone() {
    Desk desk = new Desk(core, "u1", "u2");
    long lost = write(desk, "u1");
    long kept = write(desk, "u2");
    PasskeysOnKeys passkeys = core.get(PasskeysOnKeys.class);
    assertThat(passkeys.count(List.of(lost, kept))).isEqualTo(Map.of(lost, 1L, kept, 1L));

    core.get(KeyLifecycle.class).lose(Desk.OPERATOR, lost, PasskeyDisposal.REVOKE);
    core.deliver();

    assertThat(passkeys.count(List.of(lost, kept))).isEqualTo(Map.of(kept, 1L));
    assertThat(desk.provider().listFactors("u1")).isEmpty();
    assertThat(desk.provider().listFactors("u2")).hasSize(1);
  }

  @Test
  void countsNothingOnNoKeys() {
    assertThat(core.get(PasskeysOnKeys.class).count(List.of())).isEmpty();
  }

  private long write(Desk desk, String userId) {
    desk.assign(userId);
    return desk.session(userId, desk.plug(VirtualKey.builder().build()), PIN).keyId().orElseThrow();
  }
}
