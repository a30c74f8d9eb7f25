package dev.keysmith.core.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.enrolment.ScriptedProvider.Fault;
import dev.keysmith.core.event.DeadLetters;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.session.Desk;
import dev.keysmith.testing.key.VirtualKey;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResumptionTest {

  @RegisterExtension final Core core = new Core();

  @Test
  void removesAFactorOnceTheIntegrationChecksWellAgain() {
    Desk desk = new Desk(core, "u1");
    Desk other = new Desk(core, "u1");
    long passkeyId = desk.assign("u1");
    desk.session("u1", desk.plug(VirtualKey.builder().build()), "482913");
    desk.provider().fail(1, Fault.REJECTED);
    core.get(Passkeys.class).revoke(Desk.OPERATOR, passkeyId);
    core.deliver();
    assertThat(core.get(DeadLetters.class).count()).isEqualTo(1);

    core.get(Integrations.class).check(Desk.OPERATOR, other.integrationId());
    core.deliver();
    assertThat(core.get(DeadLetters.class).count()).as("of another integration").isEqualTo(1);
    core.get(Integrations.class).check(Desk.OPERATOR, desk.integrationId());
    core.deliver();

    assertThat(core.get(DeadLetters.class).count()).isZero();
    assertThat(core.get(Passkeys.class).find(passkeyId).awaitsRemoval()).isFalse();
    assertThat(desk.provider().present("u1")).isEmpty();
  }

  @Test
  void passesOverAnEventThatThisVersionCannotRead() throws Exception {
    Desk desk = new Desk(core, "u1");
    long passkeyId = desk.assign("u1");
    desk.session("u1", desk.plug(VirtualKey.builder().build()), "482913");
    desk.provider().fail(1, Fault.REJECTED);
    core.get(Passkeys.class).revoke(Desk.OPERATOR, passkeyId);
    core.deliver();
    giveUp("passkey.revoked", "{\"passkeyId\":\"of a later version\"}");
    giveUp("enrolment.interrupted", "nothing");

    core.get(Integrations.class).check(Desk.OPERATOR, desk.integrationId());
    core.deliver();

    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(core.get(DeadLetters.class).count()).as("those that cannot be read").isEqualTo(2);
  }

  @Test
  void looksAgainForALateAnswerThatCouldNotBeLookedFor() {
    Desk desk = new Desk(core, "u1");
    desk.assign("u1");
    desk.provider().fail(3, Fault.GIVEN_UP);
    desk.provider().fail(5, Fault.REJECTED);
    desk.session("u1", desk.plug(VirtualKey.builder().build()), "482913");
    desk.provider().arrive();
    desk.provider().fail(1, Fault.REJECTED);
    core.deliverAfter(LateAnswerDue.AFTER);
    assertThat(core.get(DeadLetters.class).count()).isEqualTo(1);

    core.get(Integrations.class).check(Desk.OPERATOR, desk.integrationId());
    core.deliver();

    assertThat(core.get(DeadLetters.class).count()).isZero();
    assertThat(desk.provider().present("u1")).isEmpty();
  }

  private void giveUp(String type, String payload) throws Exception {
    core.inTransaction(
        () ->
            core.entities()
                .createNativeQuery(
                    "insert into dead_letter (id, type, payload, recorded, given_up, attempts,"
                        + " reason) values (?1, ?2, ?3, current_timestamp, current_timestamp, 1,"
                        + " '{\"code\":\"event.fault\"}')")
                .setParameter(1, UUID.randomUUID().toString())
                .setParameter(2, type)
                .setParameter(3, payload)
                .executeUpdate());
  }
}
