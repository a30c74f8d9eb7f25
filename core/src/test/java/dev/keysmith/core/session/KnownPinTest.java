package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.enrolment.ScriptedProvider.Fault;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.key.SerialNumbers;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A PIN that an operator knows must be changed, however its session ended. */
class KnownPinTest {

  private static final String PIN = "482913";
  private static final KeyPolicy FORCED = new KeyPolicy(Optional.empty(), true, false);

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private VirtualKey key;
  private PluggedKey plugged;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1", "u2");
    key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    plugged = desk.plug(key);
    desk.assign("u1");
  }

  @Test
  void isChangedAfterASessionInWhichTheKeyWasPulledOut() {
    String pin = pulledOutAfterARandomPin();

    KeySession again = desk.session("u1", plugged, pin);

    assertThat(again.state()).as(Desk.lastWords(again)).isEqualTo(State.DONE);
    assertThat(key.mustChangePin()).isTrue();
    assertThat(record(again).pinKnown()).isEmpty();
    assertThat(entries("key.pin-change-demanded")).isEqualTo(1);
  }

  @Test
  void isChangedAfterARestartOfTheServer() {
    String pin = pulledOutAfterARandomPin();
    core.restart(KeySessions.class);

    desk.session("u1", plugged, pin);

    assertThat(key.mustChangePin()).isTrue();
  }

  @Test
  void isChangedByTheOwnerWhoActivatesTheKeyWithIt() {
    String pin = pulledOutAfterARandomPin();

    KeySession own =
        new KeySession(
            "own",
            Actor.owner(desk.user("u1").id(), "u1"),
            desk.user("u1").id(),
            plugged,
            core.clock());
    own.watch(core::deliver);
    desk.run(own, pin, KeyPolicy.NONE);

    assertThat(own.state()).as(Desk.lastWords(own)).isEqualTo(State.DONE);
    assertThat(key.mustChangePin()).isTrue();
  }

  @Test
  void isChangedWhereTheOperatorHasTypedItAndCancels() {
    KeySession cancelled =
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
    assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
    assertThat(key.mustChangePin()).isFalse();
    key.touchPolicy(TouchPolicy.automatic());

    desk.session("u1", plugged, PIN);

    assertThat(key.mustChangePin()).isTrue();
  }

  @Test
  void isChangedOnAKeyInUseWhoseSessionFailed() {
    setPinElsewhere();
    desk.session("u1", plugged, PIN, FORCED, pulledOutAtTheTouch());
    backIn();

    desk.session("u1", plugged, PIN);

    assertThat(key.mustChangePin()).isTrue();
  }

  /** A key that demanded it now would refuse the passkey later. */
  @Test
  void isNotChangedWhileAPasskeyIsStillToBeWritten() {
    key.touchPolicy(TouchPolicy.automatic());
    desk.provider().fail(3, Fault.LOST_REQUEST); // complete
    desk.provider().fail(4, Fault.LOST_REQUEST); // list, to settle
    desk.provider().fail(5, Fault.LOST_REQUEST); // list, to settle at the next session
    desk.session("u1", plugged, PIN, FORCED);

    KeySession away = desk.session("u1", plugged, PIN, FORCED);

    assertThat(away.results()).isEmpty();
    assertThat(away.state()).isEqualTo(State.FAILED);
    assertThat(away.entries())
        .extracting(entry -> entry.message().code())
        .contains("session.policies-wait")
        .last()
        .isEqualTo("session.none-written");
    assertThat(key.mustChangePin()).isFalse();

    KeySession back = desk.session("u1", plugged, PIN);

    assertThat(back.state()).as(Desk.lastWords(back)).isEqualTo(State.DONE);
    assertThat(key.credentials()).hasSize(1);
    assertThat(key.mustChangePin()).isTrue();
  }

  @Test
  void isNobodysBusinessOnceTheOwnerHasChangedIt() {
    String random = pulledOutAfterARandomPin();
    desk.session("u1", plugged, random);
    changePin(random, PIN);

    KeySession later = desk.session("u1", plugged, PIN);

    assertThat(later.state()).as(Desk.lastWords(later)).isEqualTo(State.DONE);
    assertThat(key.mustChangePin()).isFalse();
  }

  @Test
  void isNotAssumedWhereTheOwnerTypesIt() {
    desk.session("u1", plugged, PIN, KeyPolicy.NONE, pulledOutAtTheTouch());
    backIn();

    KeySession later = desk.session("u1", plugged, PIN);

    assertThat(later.state()).isEqualTo(State.DONE);
    assertThat(key.mustChangePin()).isFalse();
  }

  @Test
  void isForgottenWithTheResetOfTheKey() {
    pulledOutAfterARandomPin();
    long keyId =
        core.get(SerialNumbers.class).bySerialNumber(plugged.descriptor()).orElseThrow().id();

    KeySession reset =
        desk.reset(
            plugged,
            Optional.of(keyId),
            (session, words) -> {
              if (words.startsWith("session.pull-out")) {
                key.unplug();
              } else if (words.startsWith("session.plug-in")) {
                key.plugIn();
              }
            });

    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.DONE);
    assertThat(core.get(SecurityKeys.class).find(keyId).pinKnown()).isEmpty();
    desk.session("u1", plugged, PIN);
    assertThat(key.mustChangePin()).isFalse();
  }

  @Test
  void staysKnownOnAKeyThatCannotDemandAChangeAndSaysSoEachTime() {
    key = VirtualKey.builder().model(Model.CTAP_2_0).touch(TouchPolicy.byHand()).build();
    plugged = desk.plug(key);
    String pin = pulledOutAfterARandomPin();

    KeySession again = desk.session("u1", plugged, pin);
    KeySession third = desk.session("u1", plugged, pin);

    assertThat(again.state()).as(Desk.lastWords(again)).isEqualTo(State.DONE);
    assertThat(again.entries())
        .anyMatch(entry -> entry.message().code().equals("session.no-forced-change"));
    assertThat(third.entries())
        .anyMatch(entry -> entry.message().code().equals("session.no-forced-change"));
    assertThat(record(third).pinKnown()).isPresent();
  }

  /**
   * Two keys of a model that show no number, both pulled out: neither can be told from the other.
   */
  @Test
  void isChangedOnKeysThatCannotBeToldApart() {
    plugged = nameless(plugged);
    final VirtualKey first = key;
    final PluggedKey firstPlugged = plugged;
    String firstPin = pulledOutAfterATypedPin("739182");
    key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    plugged = nameless(desk.plug(key));
    String secondPin = pulledOutAfterATypedPin("917364");

    desk.session("u1", plugged, secondPin);
    desk.assign("u1");
    desk.session("u1", firstPlugged, firstPin);

    assertThat(key.mustChangePin()).isTrue();
    assertThat(first.mustChangePin()).isTrue();
  }

  @Test
  void isNotAssumedOnTheKeyOfAnotherModel() {
    plugged = nameless(plugged);
    pulledOutAfterATypedPin("739182");
    key = VirtualKey.builder().aaguid(new UUID(1, 2)).build();
    plugged = nameless(desk.plug(key));
    setPinElsewhere();

    KeySession other = desk.session("u1", plugged, PIN);

    assertThat(other.state()).as(Desk.lastWords(other)).isEqualTo(State.DONE);
    assertThat(key.mustChangePin()).isFalse();
  }

  private String pulledOutAfterARandomPin() {
    KeySession session = desk.startWithRandomPin("u1", plugged);
    while (!key.waitsForTouch() && session.state() == State.RUNNING) {
      core.deliver();
      LockSupport.parkNanos(1_000_000);
    }
    key.unplug();
    assertThat(desk.ended(session).state()).isEqualTo(State.FAILED);
    assertThat(key.mustChangePin()).isFalse();
    backIn();
    return new String(core.get(KeySessions.class).showPin(Desk.OPERATOR, session.id()));
  }

  private String pulledOutAfterATypedPin(String pin) {
    KeySession session = desk.session("u1", plugged, pin, FORCED, pulledOutAtTheTouch());
    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(key.hasPin()).isTrue();
    backIn();
    return pin;
  }

  private BiConsumer<KeySession, KeySession.Entry> pulledOutAtTheTouch() {
    return (running, entry) -> {
      if (entry.touch()) {
        key.unplug();
      }
    };
  }

  private void backIn() {
    key.plugIn();
    key.touchPolicy(TouchPolicy.automatic());
  }

  private static PluggedKey nameless(PluggedKey shown) {
    KeyDescriptor is = shown.descriptor();
    return new PluggedKey(
        shown.transport(),
        new KeyDescriptor(is.id(), is.product(), is.location(), Optional.empty()));
  }

  /** This PIN was set with another program. */
  private void setPinElsewhere() {
    try (KeyConnection connection = core.get(Station.class).open(plugged)) {
      new Ctap2Client(connection, new SecureRandom()).clientPin().setPin(PIN.toCharArray());
    }
  }

  private void changePin(String random, String pin) {
    try (KeyConnection connection = core.get(Station.class).open(plugged)) {
      new Ctap2Client(connection, new SecureRandom())
          .clientPin()
          .changePin(random.toCharArray(), pin.toCharArray());
    }
  }

  private SecurityKey record(KeySession session) {
    return core.get(SecurityKeys.class).find(session.keyId().orElseThrow());
  }

  private long entries(String action) {
    return core.get(Audit.class).list(PageRequest.first().with("action", action)).total();
  }
}
