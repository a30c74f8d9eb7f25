package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.enrolment.ScriptedProvider.Fault;
import dev.keysmith.core.enrolment.SettlementDue;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKey.KeyCredential;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a key session must never do, whatever happens meanwhile. */
class KeySessionSafetyTest {

  private static final String PIN = "482913";
  private static final KeyPolicy STRICT = new KeyPolicy(Optional.of(8), true, true);

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private VirtualKey key;
  private PluggedKey plugged;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1", "u2");
    key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    plugged = desk.plug(key);
  }

  @Test
  void neitherReplacesNorDeletesAPasskeyThatTheUserMadeElsewhere() throws Exception {
    key.touchPolicy(TouchPolicy.automatic());
    assign("u1");
    desk.session("u1", plugged, PIN);
    List<KeyCredential> own = key.credentials();
    forgetPasskeys();
    desk.provider().excludeNothing();
    long id = assign("u1");

    KeySession session = desk.session("u1", plugged, PIN);

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(Desk.lastWords(session)).contains("key.holds-passkey");
    assertThat(key.credentials()).isEqualTo(own);
    assertThat(passkey(id).state()).isEqualTo(Passkey.State.ASSIGNED);
    assertThat(desk.provider().present("u1")).allMatch(f -> f.status() == Factor.Status.ACTIVE);
  }

  @Test
  void replacesAPasskeyThatWasRevoked() {
    key.touchPolicy(TouchPolicy.automatic());
    long first = assign("u1");
    desk.session("u1", plugged, PIN);
    core.get(Passkeys.class).revoke(Desk.OPERATOR, first);
    core.deliver();
    long second = assign("u1");

    desk.session("u1", plugged, PIN);

    assertThat(passkey(second).state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(key.credentials()).hasSize(1);
  }

  @Test
  void writesNothingWhenCancelledBeforeItBegins() {
    assign("u1");
    KeySession session = desk.prepare("u1", plugged);
    session.cancel();
    desk.run(session, PIN, STRICT);
    assertThat(session.state()).isEqualTo(State.CANCELLED);
    assertThat(key.hasPin()).isFalse();
    assertThat(key.mustChangePin()).isFalse();
  }

  @Test
  void leavesNothingBehindWhenCancelledWhileItWaitsForATouch() {
    long id = assign("u1");
    KeySession session =
        desk.session(
            "u1", plugged, "48291376", STRICT, (running, entry) -> onTouch(entry, running::cancel));
    assertThat(session.state()).as(session.entries().toString()).isEqualTo(State.CANCELLED);
    assertThat(passkey(id).state()).isEqualTo(Passkey.State.ASSIGNED);
    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(key.mustChangePin()).isFalse();
  }

  @Test
  void setsPoliciesTogetherAndLast() {
    key.touchPolicy(TouchPolicy.automatic());
    long id = assign("u1");
    KeySession session = desk.session("u1", plugged, "48291376", STRICT);
    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(State.DONE);
    assertThat(passkey(id).state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(key.minPinLength()).isEqualTo(8);
    assertThat(key.mustChangePin()).isTrue();
  }

  @Test
  void setsNoPoliciesWhenAPasskeyIsStillToBeWritten() {
    key.touchPolicy(TouchPolicy.automatic());
    assign("u1");
    desk.provider().fail(2, Fault.BROKEN);
    KeySession session = desk.session("u1", plugged, "48291376", STRICT);
    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(key.mustChangePin()).isFalse();
  }

  @Test
  void refusesAPinThatThePolicyWillForbidBeforeSettingIt() {
    KeySession session = desk.session("u1", plugged, PIN, STRICT);
    assertThat(Desk.lastWords(session)).contains("key.pin-short-policy");
    assertThat(key.hasPin()).isFalse();
  }

  @Test
  void finishesOnceTheIntegrationIsBackThatWasSwitchedOffDuringTheTouch() {
    long id = assign("u1");
    KeySession session =
        desk.session(
            "u1",
            plugged,
            PIN,
            KeyPolicy.NONE,
            (running, entry) ->
                onTouch(
                    entry,
                    () -> {
                      enable(false);
                      key.touch();
                    }));
    assertThat(passkey(id).state()).isEqualTo(Passkey.State.ENROLLING);

    enable(true);
    core.deliverAfter(Duration.ofHours(1));

    assertThat(passkey(id).state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(desk.provider().present("u1")).hasSize(1);
  }

  @Test
  void isNotDisturbedByTheEndOfAnEarlierAttempt() {
    long id = assign("u1");
    KeySession session =
        desk.session(
            "u1",
            plugged,
            PIN,
            KeyPolicy.NONE,
            (running, entry) ->
                onTouch(
                    entry,
                    () -> {
                      recordInterruption(id);
                      core.deliver();
                      key.touch();
                    }));
    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(State.DONE);
    assertThat(passkey(id).state()).isEqualTo(Passkey.State.ACTIVE);
  }

  @Test
  void withdrawsWhatWasPromisedToSomebodyWhoLeaves() {
    long id = assign("u2");
    desk.provider().remove("u2");
    desk.importAll();
    assertThat(passkey(id).state()).isEqualTo(Passkey.State.REVOKED);
  }

  private long assign(String user) {
    return core.get(Passkeys.class)
        .assign(Desk.OPERATOR, desk.user(user).id(), desk.integrationId())
        .id();
  }

  private Passkey passkey(long id) {
    return core.get(Passkeys.class).find(id);
  }

  private void enable(boolean on) {
    core.get(Integrations.class).enable(Desk.OPERATOR, desk.integrationId(), on);
  }

  private void recordInterruption(long id) {
    try {
      core.inTransaction(
          () -> core.get(Events.class).record(new SettlementDue(id, "an earlier attempt")));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void forgetPasskeys() throws Exception {
    core.inTransaction(() -> core.entities().createQuery("delete from Passkey p").executeUpdate());
  }

  /** The key tells that it waits, and hears the answer when it looks again. */
  private static void onTouch(KeySession.Entry entry, Runnable action) {
    if (entry.touch()) {
      action.run();
    }
  }
}
