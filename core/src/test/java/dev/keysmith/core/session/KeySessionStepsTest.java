package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.testing.key.VirtualKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeySessionStepsTest {

  @RegisterExtension final Core core = new Core();

  @Test
  void writesThePasskeyThatWaitsOnANewKey() {
    Desk desk = new Desk(core, "u1");
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    core.get(Passkeys.class).assign(Desk.OPERATOR, desk.user("u1").id(), desk.integrationId());

    KeySession session = desk.session("u1", plugged, "123456");

    assertThat(session.state()).isEqualTo(State.DONE);
    assertThat(key.hasPin()).isTrue();
    assertThat(key.credentials()).hasSize(1);
  }
}
