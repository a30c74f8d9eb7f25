package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another key of the same model, plugged into the port of the one that is to be erased. */
class SwappedKeyTest {

  private static final String PIN = "482913";
  private static final String OTHER_PIN = "739182";

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private VirtualKey first;
  private PluggedKey there;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1", "u2");
  }

  @Test
  void isToldByItsSerialNumber() {
    desk.list(SwappedKeyTest::atThePort);
    plugIn(VirtualKey.builder().build());

    assertNothingErased(VirtualKey.builder().build(), "");
  }

  @Test
  void isToldByTheModel() {
    desk.list(SwappedKeyTest::atThePort);
    plugIn(VirtualKey.builder().serialNumber("7").build());

    assertNothingErased(VirtualKey.builder().model(Model.CTAP_2_0).serialNumber("7").build(), "");
  }

  @Test
  void isToldByThePinThatItHas() {
    nameless();
    plugIn(VirtualKey.builder().build());
    VirtualKey other = VirtualKey.builder().build();
    prepare(other, PIN);

    assertNothingErased(other, "");
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void isToldByThePasskeysThatItLacks(Model model) {
    nameless();
    VirtualKey other = VirtualKey.builder().model(model).build();
    prepare(other, PIN);
    plugIn(VirtualKey.builder().model(model).build());
    long passkeyId = desk.assign("u1");
    desk.session("u1", there, PIN);

    assertNothingErased(other, "");
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.ACTIVE);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void isToldByThePasskeysOfAnotherUser(Model model) {
    nameless();
    VirtualKey other = VirtualKey.builder().model(model).build();
    PluggedKey otherThere = desk.plug(other);
    desk.assign("u2");
    desk.session("u2", otherThere, PIN);
    other.unplug();
    plugIn(VirtualKey.builder().model(model).build());
    long passkeyId = desk.assign("u1");
    desk.session("u1", there, PIN);

    assertNothingErased(other, PIN);
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.ACTIVE);
  }

  @Test
  void isToldByTheAttemptsThatAreLeftBeforeItsPinIsTried() {
    nameless();
    VirtualKey other = VirtualKey.builder().build();
    PluggedKey otherThere = prepare(other, OTHER_PIN);
    other.plugIn();
    tryPin(otherThere, PIN);
    other.unplug();
    plugIn(VirtualKey.builder().build());
    setPin(there, PIN);

    assertNothingErased(other, PIN);
    assertThat(other.pinRetries()).isEqualTo(7);
  }

  @Test
  void isToldByItsPinAtLast() {
    nameless();
    VirtualKey other = VirtualKey.builder().build();
    prepare(other, OTHER_PIN);
    plugIn(VirtualKey.builder().build());
    setPin(there, PIN);

    assertNothingErased(other, PIN);
    assertThat(other.pinRetries()).isEqualTo(7);
  }

  @Test
  void isNotSeenInTheSameKeyAtAnotherPort() {
    plugIn(VirtualKey.builder().build());
    desk.assign("u1");
    desk.session("u1", there, PIN);

    KeySession reset =
        desk.reset(
            there,
            request(),
            PIN,
            (session, words) -> {
              if (words.startsWith("session.pull-out")) {
                first.unplug();
              } else if (words.startsWith("session.plug-in")) {
                desk.list(SwappedKeyTest::atAnotherPort);
                first.plugIn();
              }
            });

    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.DONE);
    assertThat(first.hasPin()).isFalse();
  }

  @Test
  void isNotSeenInTheSameKeyThatHasLostAttempts() {
    nameless();
    plugIn(VirtualKey.builder().build());
    setPin(there, PIN);
    tryPin(there, OTHER_PIN);

    KeySession reset =
        desk.reset(
            there,
            request(),
            PIN,
            (session, words) -> {
              if (words.startsWith("session.pull-out")) {
                first.unplug();
              } else if (words.startsWith("session.plug-in")) {
                first.plugIn();
              }
            });

    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.DONE);
  }

  private void assertNothingErased(VirtualKey other, String pin) {
    boolean pinBefore = other.hasPin();
    List<VirtualKey.KeyCredential> before = other.credentials();

    KeySession reset =
        desk.reset(
            there,
            request(),
            pin,
            (session, words) -> {
              if (words.startsWith("session.pull-out")) {
                first.unplug();
              } else if (words.startsWith("session.plug-in")) {
                other.plugIn();
                desk.plug(other);
              }
            });

    assertThat(code(reset)).as(Desk.lastWords(reset)).isEqualTo("key.swapped");
    assertThat(reset.state()).isEqualTo(State.FAILED);
    assertThat(other.hasPin()).isEqualTo(pinBefore);
    assertThat(other.credentials()).isEqualTo(before);
  }

  private void nameless() {
    desk.list(key -> new KeyDescriptor(key.id(), key.product(), "the port", Optional.empty()));
  }

  private static KeyDescriptor atThePort(KeyDescriptor key) {
    return new KeyDescriptor(key.id(), key.product(), "the port", key.serialNumber());
  }

  private static KeyDescriptor atAnotherPort(KeyDescriptor key) {
    return new KeyDescriptor(key.id(), key.product(), "another port", key.serialNumber());
  }

  private void plugIn(VirtualKey key) {
    first = key;
    there = desk.plug(key);
  }

  /** Another program has set its PIN; it is pulled out. */
  private PluggedKey prepare(VirtualKey key, String pin) {
    PluggedKey plugged = desk.plug(key);
    setPin(plugged, pin);
    key.unplug();
    return plugged;
  }

  private void setPin(PluggedKey key, String pin) {
    try (KeyConnection connection = core.get(Station.class).open(key)) {
      new Ctap2Client(connection, new SecureRandom()).clientPin().setPin(pin.toCharArray());
    }
  }

  private void tryPin(PluggedKey key, String wrong) {
    try (KeyConnection connection = core.get(Station.class).open(key)) {
      Ctap2Client client = new Ctap2Client(connection, new SecureRandom());
      assertThatThrownBy(
              () ->
                  client
                      .clientPin()
                      .token(wrong.toCharArray(), Set.of(Permission.GET_ASSERTION), "example.org"))
          .isInstanceOf(CtapException.class);
    }
  }

  private KeyReset request() {
    return new KeyReset("virtual", there.descriptor().id(), Optional.empty(), true, "erase");
  }

  private static String code(KeySession session) {
    return session.entries().get(session.entries().size() - 1).message().code();
  }
}
