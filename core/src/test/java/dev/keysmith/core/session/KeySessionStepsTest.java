package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.enrolment.ScriptedProvider.Fault;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.KeyMessage;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.OpenKeys;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySessionStepsTest {

  private static final String PIN = "482913";

  @RegisterExtension final Core core = new Core();

  @ParameterizedTest
  @EnumSource(Model.class)
  void writesThePasskeyThatWaitsOnANewKey(Model model) {
    Desk desk = new Desk(core, "u1");
    VirtualKey key = VirtualKey.builder().model(model).build();
    PluggedKey plugged = desk.plug(key);
    long passkeyId = desk.assign("u1");

    KeySession session = desk.session("u1", plugged, PIN);

    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(State.DONE);
    assertThat(key.hasPin()).isTrue();
    assertThat(key.credentials()).hasSize(1);
    assertThat(state(passkeyId)).isEqualTo(Passkey.State.ACTIVE);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void recognisesAKeyWithoutASerialNumberByItsPasskey(Model model) {
    Desk desk = new Desk(core, "u1");
    PluggedKey first = nameless(desk.plug(VirtualKey.builder().model(model).build()));
    PluggedKey second = nameless(desk.plug(VirtualKey.builder().model(model).build()));
    desk.assign("u1");
    long keyId = desk.session("u1", first, PIN).keyId().orElseThrow();

    assertThat(desk.session("u1", first, PIN).keyId()).contains(keyId);
    assertThat(desk.session("u1", second, PIN).keyId()).isPresent().get().isNotEqualTo(keyId);
  }

  private static PluggedKey nameless(PluggedKey key) {
    KeyDescriptor shown = key.descriptor();
    return new PluggedKey(
        key.transport(),
        new KeyDescriptor(shown.id(), shown.product(), shown.location(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {PIN, "12"})
  void hasClosedTheKeyWhenItSaysThatItHasEnded(String pin) {
    Desk desk = new Desk(core, "u1");
    PluggedKey plugged = desk.plug(VirtualKey.builder().build());
    desk.assign("u1");
    List<Integer> opened = new ArrayList<>();

    desk.session(
        "u1",
        plugged,
        pin,
        KeyPolicy.NONE,
        (session, entry) -> {
          if (entry.step() == KeySession.Step.END) {
            try (OpenKey key = core.get(OpenKeys.class).open(plugged)) {
              opened.add(key.info().minPinLength());
            }
          }
        });

    assertThat(opened).hasSize(1);
  }

  @Test
  void setsNoPinThatTheKeyFindsTooShort() {
    Desk desk = new Desk(core, "u1");
    VirtualKey key = VirtualKey.builder().minPinLength(8).build();
    PluggedKey plugged = desk.plug(key);
    long passkeyId = desk.assign("u1");

    KeySession session = desk.session("u1", plugged, PIN);

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(Desk.lastWords(session)).contains("key.pin-short-key");
    assertThat(key.hasPin()).isFalse();
    assertThat(session.keyId()).isEmpty();
    assertThat(state(passkeyId)).isEqualTo(Passkey.State.ASSIGNED);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void spendsOneTryOnAWrongPin(Model model) {
    Desk desk = new Desk(core, "u1");
    VirtualKey key = VirtualKey.builder().model(model).build();
    PluggedKey plugged = desk.plug(key);
    desk.session("u1", plugged, PIN);
    desk.assign("u1");

    KeySession session = desk.session("u1", plugged, "654321");

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(Desk.lastWords(session)).contains("key.pin-wrong {attempts=7}");
    assertThat(key.pinRetries()).isEqualTo(7);
    assertThat(desk.provider().calls()).isEmpty();
  }

  @Test
  void saysWhatLastsAfterTheLastWrongPin() {
    Desk desk = new Desk(core, "u1");
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    desk.session("u1", plugged, PIN);
    KeySession session = null;
    for (int attempt = 1; attempt <= 8; attempt++) {
      key.unplug();
      key.plugIn();
      session = desk.session("u1", plugged, "654321");
    }

    assertThat(Desk.lastWords(session)).contains("key.pin-blocked");
  }

  @Test
  void leavesTheKeyOfSomebodyElseAlone() {
    Desk desk = new Desk(core, "u1", "u2");
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    desk.session("u1", plugged, PIN);
    desk.assign("u2");

    KeySession session = desk.session("u2", plugged, PIN);

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(Desk.lastWords(session)).contains("key.owned-by-other", "key.by-serial-number");
    assertThat(key.credentials()).isEmpty();
  }

  @Test
  void writesNothingOnAKeyThatWasReportedLost() {
    Desk desk = new Desk(core, "u1");
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    long keyId = desk.session("u1", plugged, PIN).keyId().orElseThrow();
    core.get(KeyLifecycle.class).lose(Desk.OPERATOR, keyId, null);
    long passkeyId = desk.assign("u1");

    KeySession session = desk.session("u1", plugged, PIN);

    assertThat(Desk.lastWords(session)).contains("key.out-of-use").contains("key.out-of-use");
    assertThat(key.credentials()).isEmpty();
    core.get(KeyLifecycle.class).restock(Desk.OPERATOR, keyId, null);
    assertThat(desk.session("u1", plugged, PIN).state()).isEqualTo(State.DONE);
    assertThat(state(passkeyId)).isEqualTo(Passkey.State.ACTIVE);
  }

  @Test
  void asksForRoomOnlyWhereSomethingIsToBeWritten() {
    Desk desk = new Desk(core, "u1");
    PluggedKey plugged = desk.plug(VirtualKey.builder().maxDiscoverable(1).build());
    desk.assign("u1");
    desk.session("u1", plugged, PIN);

    KeySession idle = desk.session("u1", plugged, PIN);
    int calls = desk.provider().calls().size();
    desk.assign("u1");
    KeySession full = desk.session("u1", plugged, PIN);

    assertThat(idle.state()).isEqualTo(State.DONE);
    assertThat(full.state()).isEqualTo(State.FAILED);
    assertThat(Desk.lastWords(full)).contains("full").contains("key.full");
    assertThat(desk.provider().calls()).as("nothing was begun").hasSize(calls);
  }

  @Test
  void makesRoomByDeletingWhatAnUndoneEnrolmentLeft() {
    Desk desk = new Desk(core, "u1");
    VirtualKey key = VirtualKey.builder().maxDiscoverable(1).build();
    PluggedKey plugged = desk.plug(key);
    long passkeyId = desk.assign("u1");
    desk.provider().fail(3, Fault.LOST_REQUEST); // complete
    desk.provider().fail(4, Fault.LOST_REQUEST); // list, to settle
    desk.provider().fail(6, Fault.REJECTED); // complete, later
    desk.session("u1", plugged, PIN);
    core.deliverAfter(Duration.ofHours(1));
    assertThat(state(passkeyId)).isEqualTo(Passkey.State.FAILED);
    assertThat(key.credentials()).hasSize(1);
    core.get(Passkeys.class).retry(Desk.OPERATOR, passkeyId);

    KeySession session = desk.session("u1", plugged, PIN);

    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(State.DONE);
    assertThat(state(passkeyId)).isEqualTo(Passkey.State.ACTIVE);
    assertThat(key.credentials()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void leavesOneCredentialAfterARefusalAndAnotherTry(Model model) {
    Desk desk = new Desk(core, "u1");
    VirtualKey key = VirtualKey.builder().model(model).build();
    PluggedKey plugged = desk.plug(key);
    long passkeyId = desk.assign("u1");
    desk.provider().fail(3, Fault.REJECTED); // complete
    assertThat(desk.session("u1", plugged, PIN).state()).isEqualTo(State.FAILED);
    assertThat(desk.provider().present("u1")).isEmpty();
    core.get(Passkeys.class).retry(Desk.OPERATOR, passkeyId);

    assertThat(desk.session("u1", plugged, PIN).state()).isEqualTo(State.DONE);

    assertThat(key.credentials())
        .singleElement()
        .matches(
            credential ->
                desk.provider()
                    .present("u1")
                    .get(0)
                    .credentialId()
                    .orElseThrow()
                    .equals(credential.id()));
  }

  @Test
  void setsPoliciesLastSoThatTheForcedPinChangeComesAfterThePasskey() {
    Desk desk = new Desk(core, "u1");
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    desk.assign("u1");
    KeyPolicy policy = new KeyPolicy(Optional.of(6), true, true);

    KeySession session = desk.session("u1", plugged, PIN, policy);

    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(State.DONE);
    assertThat(key.credentials()).hasSize(1);
    assertThat(key.minPinLength()).isEqualTo(6);
    assertThat(key.mustChangePin()).isTrue();
    assertThat(Desk.lastWords(desk.session("u1", plugged, PIN))).contains("key.change-pin-first");
  }

  @Test
  void saysThatAnOldKeyTakesNoPolicies() {
    Desk desk = new Desk(core, "u1");
    PluggedKey plugged = desk.plug(VirtualKey.builder().model(Model.CTAP_2_0).build());
    desk.assign("u1");

    KeySession session =
        desk.session("u1", plugged, PIN, new KeyPolicy(Optional.of(6), false, false));

    assertThat(session.state()).isEqualTo(State.DONE);
    assertThat(session.entries())
        .extracting(KeySession.Entry::message)
        .contains(Message.of(SessionMessage.NO_POLICIES));
  }

  @Test
  void endsTheWaitForATouchWhenItIsCancelledAndSetsNothing() {
    Desk desk = new Desk(core, "u1");
    VirtualKey key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    PluggedKey plugged = desk.plug(key);
    long passkeyId = desk.assign("u1");

    KeySession session =
        desk.session(
            "u1",
            plugged,
            PIN,
            new KeyPolicy(Optional.of(6), false, false),
            (running, entry) -> {
              if (entry.touch()) {
                running.cancel();
              }
            });

    assertCancelled(desk, session, key, passkeyId);
    assertThat(key.minPinLength()).isEqualTo(4);
  }

  @Test
  void endsTheWaitForATouchThatBeginsAfterItWasCancelled() {
    Desk desk = new Desk(core, "u1");
    VirtualKey key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    PluggedKey plugged = desk.plug(key);
    long passkeyId = desk.assign("u1");

    KeySession session =
        desk.session(
            "u1",
            plugged,
            PIN,
            KeyPolicy.NONE,
            (running, entry) -> {
              if (entry.message().is(SessionMessage.ASKING)) {
                running.cancel();
              }
            });

    assertCancelled(desk, session, key, passkeyId);
  }

  private void assertCancelled(Desk desk, KeySession session, VirtualKey key, long passkeyId) {
    assertThat(session.state()).isEqualTo(State.CANCELLED);
    assertThat(Desk.lastWords(session)).contains("session.cancelled");
    assertThat(session.results())
        .singleElement()
        .matches(
            result ->
                result.message().is(KeyMessage.SESSION_CANCELLED)
                    || result.message().is(CtapStatus.KEEPALIVE_CANCEL),
            "ended by the cancellation");
    assertThat(key.credentials()).isEmpty();
    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(state(passkeyId)).isEqualTo(Passkey.State.ASSIGNED);
  }

  @Test
  void goesOnAfterTheKeyWasPulledOutWhileItWaitedForATouch() {
    Desk desk = new Desk(core, "u1");
    VirtualKey key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    PluggedKey plugged = desk.plug(key);
    long passkeyId = desk.assign("u1");

    KeySession session =
        desk.session(
            "u1",
            plugged,
            PIN,
            KeyPolicy.NONE,
            (running, entry) -> {
              if (entry.touch()) {
                key.unplug();
              }
            });

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(session.results()).singleElement().matches(result -> !result.active());
    assertThat(Desk.lastWords(session)).contains("unplugged");
    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(state(passkeyId)).isEqualTo(Passkey.State.ASSIGNED);

    key.plugIn();
    key.touchPolicy(TouchPolicy.automatic());
    assertThat(desk.session("u1", plugged, PIN).state()).isEqualTo(State.DONE);
    assertThat(key.credentials()).hasSize(1);
  }

  private Passkey.State state(long passkeyId) {
    return core.get(Passkeys.class).find(passkeyId).state();
  }
}
