package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.custody.PasskeyDisposal;
import dev.keysmith.core.enrolment.LeftoverCredentials;
import dev.keysmith.core.enrolment.ScriptedProvider.Fault;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.pin.RandomPins;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The record of an erased key that has no owner and shows no serial number. */
class ErasedKeyRecordsTest {

  private static final String PIN = "482913";
  private static final KeyPolicy FORCED = KeyPolicy.NONE.withForcedPinChange();

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private VirtualKey key;
  private PluggedKey plugged;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1", "u2");
    desk.listWithoutSerialNumbers();
  }

  @Test
  void asksWhichKeyItIsWhosePinAnOperatorKnows() {
    long keyId = inStockWithAKnownPin();

    KeySession reset = erase(Optional.empty(), PIN);

    assertThat(code(reset)).as(Desk.lastWords(reset)).isEqualTo("key.unrecognised");
    assertThat(key.hasPin()).isTrue();
    assertThat(record(keyId).pinKnown()).isPresent();
  }

  @Test
  void forgetsTheKnownPinOfTheKeyThatTheOperatorNames() {
    long keyId = inStockWithAKnownPin();

    KeySession reset = erase(Optional.of(keyId), PIN);

    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.DONE);
    assertThat(record(keyId).pinKnown()).isEmpty();
  }

  @Test
  void namesTheKeyWhosePinWaitsToBeHandedOver() {
    plug(VirtualKey.builder().build());
    desk.assign("u1");
    KeySession session = desk.ended(desk.startWithRandomPin("u1", plugged));
    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(State.DONE);
    long keyId = restock(session);
    core.deliver();

    KeyErasures.Preview preview =
        core.get(KeyErasures.class).preview("virtual", plugged.descriptor().id());
    KeySession reset = erase(Optional.of(keyId), "");

    assertThat(preview.key().or(() -> preview.candidates().stream().findFirst()))
        .hasValueSatisfying(it -> assertThat(it.id()).isEqualTo(keyId));
    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.DONE);
    assertThat(core.get(RandomPins.class).list(Desk.OPERATOR)).isEmpty();
  }

  @Test
  void recognisesAKeyByWhatAnUndoneEnrolmentHasLeftOnIt() {
    plug(VirtualKey.builder().build());
    desk.assign("u2");
    desk.session("u2", plugged, PIN);
    plug(VirtualKey.builder().model(Model.CTAP_2_0).build());
    desk.assign("u1");
    desk.provider().fail(3, Fault.REJECTED);
    long keyId = restock(desk.session("u1", plugged, PIN));
    assertThat(core.get(LeftoverCredentials.class).on(keyId)).hasSize(1);

    KeySession reset = erase(Optional.empty(), PIN);

    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.DONE);
    assertThat(reset.keyId()).contains(keyId);
    assertThat(core.get(LeftoverCredentials.class).on(keyId)).isEmpty();
  }

  /** The session ended before the key could be made to demand another PIN. */
  private long inStockWithAKnownPin() {
    plug(VirtualKey.builder().touch(TouchPolicy.byHand()).build());
    desk.assign("u1");
    KeySession session =
        desk.session(
            "u1",
            plugged,
            PIN,
            FORCED,
            (running, entry) -> {
              if (entry.touch()) {
                running.cancel();
              }
            });
    assertThat(session.state()).isEqualTo(State.CANCELLED);
    key.touchPolicy(TouchPolicy.automatic());
    long keyId = restock(session);
    assertThat(record(keyId).pinKnown()).isPresent();
    return keyId;
  }

  private long restock(KeySession session) {
    long keyId = session.keyId().orElseThrow();
    core.get(KeyLifecycle.class).restock(Desk.OPERATOR, keyId, PasskeyDisposal.REVOKE);
    return keyId;
  }

  private void plug(VirtualKey made) {
    key = made;
    plugged = desk.plug(made);
  }

  private KeySession erase(Optional<Long> known, String pin) {
    return desk.reset(
        plugged,
        new KeyReset("virtual", plugged.descriptor().id(), known, false, "erase"),
        pin,
        (session, words) -> {
          if (words.startsWith("session.pull-out")) {
            key.unplug();
          } else if (words.startsWith("session.plug-in")) {
            key.plugIn();
          }
        });
  }

  private SecurityKey record(long keyId) {
    return core.get(SecurityKeys.class).find(keyId);
  }

  private static String code(KeySession session) {
    List<KeySession.Entry> entries = session.entries();
    return entries.get(entries.size() - 1).message().code();
  }
}
