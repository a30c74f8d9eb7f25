package dev.keysmith.core.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.activation.ActivationCodes;
import dev.keysmith.core.activation.IssuedCode;
import dev.keysmith.core.directory.UserLeft;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.session.Desk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeaversTest {

  @RegisterExtension final Core core = new Core();

  /** Events come in no particular order, and a dead letter after days. */
  @Test
  void leavesWhatWasPromisedToAUserWhoHasComeBackAlone() throws Exception {
    Desk desk = new Desk(core, "u1");
    long passkey = desk.assign("u1");
    long code;
    try (IssuedCode issued =
        core.get(ActivationCodes.class).issue(Desk.OPERATOR, desk.user("u1").id(), false)) {
      code = issued.code().id();
    }

    core.inTransaction(() -> core.get(Events.class).record(new UserLeft(desk.user("u1").id())));
    core.deliver();

    assertThat(core.get(Passkeys.class).find(passkey).state()).isEqualTo(Passkey.State.ASSIGNED);
    assertThat(core.get(ActivationCodes.class).find(code).isOpen(core.clock().instant())).isTrue();
  }
}
