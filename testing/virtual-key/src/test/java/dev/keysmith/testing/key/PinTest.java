package dev.keysmith.testing.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.MovableClock;
import dev.keysmith.testing.key.model.Model;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinTest {

  private static final int PIN_INVALID = 0x31;
  private static final int PIN_BLOCKED = 0x32;
  private static final int PIN_AUTH_INVALID = 0x33;
  private static final int PIN_AUTH_BLOCKED = 0x34;
  private static final int PIN_POLICY_VIOLATION = 0x37;

  private final MovableClock clock = new MovableClock();
  private final VirtualKey key = VirtualKey.builder().clock(clock).build();
  private final Platform platform = new Platform(key, 2);

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void setsAndChangesThePinWithEitherProtocol(int protocol) {
    Platform either = new Platform(key, protocol);

    assertThat(either.option("clientPin").AsBoolean()).isFalse();
    assertThat(either.setPin("123456")).isZero();
    assertThat(either.option("clientPin").AsBoolean()).isTrue();
    assertThat(either.changePin("123456", "a longer one")).isZero();
    assertThat(either.askToken("a longer one", 0x04, "").status()).isZero();
    assertThat(either.askToken("123456", 0x04, "").status()).isEqualTo(PIN_INVALID);
  }

  @Test
  void refusesASecondFirstPin() {
    platform.setPin("123456");

    assertThat(platform.setPin("654321")).isEqualTo(PIN_AUTH_INVALID);
  }

  @Test
  void countsCodePointsAndNotBytes() {
    assertThat(platform.setPin("äöü")).isEqualTo(PIN_POLICY_VIOLATION);
    assertThat(platform.setPin("🔑🔑🔑🔑")).isZero();
  }

  @Test
  void refusesAPinOf64Bytes() {
    assertThat(platform.setPin("1".repeat(64))).isEqualTo(PIN_POLICY_VIOLATION);
    assertThat(platform.setPin("1".repeat(63))).isZero();
  }

  @Test
  void wantsToBeUnpluggedAfterThreeWrongPinsInARow() {
    platform.setPin("123456");

    assertThat(platform.askToken("000000", 0x04, "").status()).isEqualTo(PIN_INVALID);
    assertThat(platform.askToken("000000", 0x04, "").status()).isEqualTo(PIN_INVALID);
    assertThat(platform.askToken("000000", 0x04, "").status()).isEqualTo(PIN_AUTH_BLOCKED);
    assertThat(platform.askToken("123456", 0x04, "").status()).isEqualTo(PIN_AUTH_BLOCKED);
    assertThat(key.pinRetries()).isEqualTo(5);

    key.unplug();
    key.plugIn();

    assertThat(platform.askToken("123456", 0x04, "").status()).isZero();
    assertThat(key.pinRetries()).isEqualTo(8);
  }

  @Test
  void locksForGoodAfterEightWrongPins() {
    platform.setPin("123456");
    int last = 0;
    for (int i = 0; i < 8; i++) {
      last = platform.askToken("000000", 0x04, "").status();
      if (i % 3 == 2) {
        key.unplug();
        key.plugIn();
      }
    }

    assertThat(last).isEqualTo(PIN_BLOCKED);
    assertThat(key.pinRetries()).isZero();
    assertThat(platform.askToken("123456", 0x04, "").status()).isEqualTo(PIN_BLOCKED);
    assertThat(platform.changePin("123456", "654321")).isEqualTo(PIN_BLOCKED);
  }

  @Test
  void takesANewKeyAgreementKeyAfterAWrongPin() {
    platform.setPin("123456");
    byte[] before = platform.send(0x06, Platform.map(1, 2, 2, 2)).get(1).EncodeToBytes();
    platform.askToken("000000", 0x04, "");

    assertThat(platform.send(0x06, Platform.map(1, 2, 2, 2)).get(1).EncodeToBytes())
        .isNotEqualTo(before);
  }

  @Test
  void givesNoTokenForPermissionsItDoesNotKnow() {
    platform.setPin("123456");

    assertThat(platform.askToken("123456", 0, "").status()).isEqualTo(0x02);
    assertThat(platform.askToken("123456", 0x08, "").status()).isEqualTo(0x40);
    assertThat(platform.askToken("123456", 0x01, "").status()).isEqualTo(0x14);
    assertThat(key.pinRetries()).isEqualTo(8);
  }

  @Test
  void forgetsATokenThatIsNotUsedFor30Seconds() {
    platform.setPin("123456");
    byte[] token = platform.token("123456", 0x01, "example.org");
    clock.advance(Duration.ofSeconds(31));

    var parameters = Platform.creation("example.org", "ann").Add(7, Platform.map("rk", true));

    assertThat(platform.send(0x01, platform.authorized(parameters, token, 8)).status())
        .isEqualTo(PIN_AUTH_INVALID);
  }

  @Test
  void servesOneCredentialPerToken() {
    platform.setPin("123456");
    byte[] token = platform.token("123456", 0x01, "example.org");

    var first = Platform.creation("example.org", "ann").Add(7, Platform.map("rk", true));
    var second = Platform.creation("example.org", "bob").Add(7, Platform.map("rk", true));

    assertThat(platform.send(0x01, platform.authorized(first, token, 8)).status()).isZero();
    assertThat(platform.send(0x01, platform.authorized(second, token, 8)).status())
        .isEqualTo(PIN_AUTH_INVALID);
  }

  @Test
  void bindsATokenToItsRelyingParty() {
    platform.setPin("123456");
    byte[] token = platform.token("123456", 0x01, "example.org");

    var elsewhere = Platform.creation("example.com", "ann");

    assertThat(platform.send(0x01, platform.authorized(elsewhere, token, 8)).status())
        .isEqualTo(PIN_AUTH_INVALID);
  }

  @Test
  void speaksOnlyProtocolOneAndKnowsNoPermissionsInTheOldModel() {
    VirtualKey old = VirtualKey.builder().model(Model.CTAP_2_0).build();
    Platform one = new Platform(old, 1);

    assertThat(one.setPin("123456")).isZero();
    assertThat(one.askToken("123456", 0x01, "example.org").status()).isEqualTo(0x3E);
    byte[] token = one.askPinToken("123456").bytes(2);

    for (String user : new String[] {"ann", "bob"}) {
      var parameters = Platform.creation("example.org", user).Add(7, Platform.map("rk", true));
      assertThat(one.send(0x01, one.authorized(parameters, token, 8)).status()).isZero();
    }
    assertThat(one.send(0x06, Platform.map(1, 2, 2, 2)).status()).isEqualTo(0x02);
  }

  @Test
  void keepsThePinWithoutTheTokenWhenItLosesPower() {
    platform.setPin("123456");
    byte[] token = platform.token("123456", 0x01, "example.org");
    key.unplug();
    key.plugIn();

    var parameters = Platform.creation("example.org", "ann");

    assertThat(platform.send(0x01, platform.authorized(parameters, token, 8)).status())
        .isEqualTo(PIN_AUTH_INVALID);
    assertThat(key.hasPin()).isTrue();
  }
}
