package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys of models that show the same serial number on every device. */
class KeyRecognitionTest {

  private static final String PIN = "482913";

  @RegisterExtension final Core core = new Core();

  private Desk desk;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1", "u2", "u3");
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void takesANewKeyWithTheSerialNumberOfSomebodyElses(Model model) {
    desk.assign("u1");
    desk.assign("u2");
    PluggedKey first = plug(model, "0001");
    PluggedKey second = plug(model, "0001");

    long one = written("u1", first);
    long other = written("u2", second);

    assertThat(other).isNotEqualTo(one);
    assertThat(written("u1", first)).isEqualTo(one);
    assertThat(written("u2", second)).isEqualTo(other);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void takesAKeyInUseThatProvesToBeNoneOfThoseWithItsSerialNumber(Model model) {
    desk.assign("u1");
    PluggedKey first = plug(model, "0001");
    PluggedKey used = plug(model, "0001");
    long one = written("u1", first);
    setPinElsewhere(used);
    desk.assign("u2");

    assertThat(written("u2", used)).isNotEqualTo(one);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void refusesAKeyThatHoldsThePasskeyOfSomebodyElse(Model model) {
    desk.assign("u1");
    PluggedKey key = plug(model, "0001");
    long one = written("u1", key);
    desk.assign("u2");

    KeySession session = desk.session("u2", key, PIN);

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(Desk.lastWords(session)).contains("key.holds-passkey-of-other");
    assertThat(core.get(SecurityKeys.class).find(one).isSerialNumberShared()).isFalse();
  }

  @Test
  void takesAKeyOnceItsSerialNumberIsMarkedAsShared() {
    PluggedKey first = plug(Model.CTAP_2_1, "0001");
    PluggedKey used = plug(Model.CTAP_2_1, "0001");
    long one = written("u1", first);
    setPinElsewhere(used);
    assertThat(Desk.lastWords(desk.session("u2", used, PIN)))
        .contains("key.by-serial-number", "key=" + one);

    core.get(SecurityKeys.class).shareSerialNumber(Desk.OPERATOR, one);

    assertThat(written("u2", used)).isNotEqualTo(one);
  }

  @Test
  void tellsKeysOfDifferentModelsApartThatShowTheSameSerialNumber() {
    PluggedKey first = plug(Model.CTAP_2_1, "0001");
    PluggedKey other = plug(Model.CTAP_2_0, "0001");

    assertThat(written("u1", first)).isNotEqualTo(written("u2", other));
    assertThat(core.get(SecurityKeys.class).list(PageRequest.first()).items())
        .noneMatch(key -> key.isSerialNumberShared());
  }

  @Test
  void takesTheOwnKeyFromStock() {
    PluggedKey key = plug(Model.CTAP_2_1, "0007");
    long mine = written("u1", key);
    core.get(KeyLifecycle.class).restock(Desk.OPERATOR, mine, null);
    core.get(KeyLifecycle.class).assign(Desk.OPERATOR, mine, desk.user("u2").id(), null);

    assertThat(Desk.lastWords(desk.session("u3", key, PIN))).contains("key.owned-by-other");
    assertThat(written("u2", key)).isEqualTo(mine);
  }

  /** This PIN was set with another program. */
  private void setPinElsewhere(PluggedKey key) {
    try (KeyConnection connection = core.get(Station.class).open(key)) {
      new Ctap2Client(connection, new SecureRandom()).clientPin().setPin(PIN.toCharArray());
    }
  }

  private PluggedKey plug(Model model, String serialNumber) {
    return desk.plug(VirtualKey.builder().model(model).serialNumber(serialNumber).build());
  }

  private long written(String user, PluggedKey key) {
    KeySession session = desk.session(user, key, PIN);
    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(State.DONE);
    return session.keyId().orElseThrow();
  }
}
