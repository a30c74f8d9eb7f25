package dev.keysmith.testing.usb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's libfido2 judges the virtual key. */
@InGuest
class Libfido2IT {

  private static final String PIN = "482913";
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Guest guest;
  private final Room room;
  private final VirtualKey key = VirtualKey.builder().build();
  private PluggedKey plugged;
  private Fido2Tools tools;

  Libfido2IT(Guest guest, Room room) {
    this.guest = guest;
    this.room = room;
  }

  @BeforeEach
  void plug() {
    plugged = room.plug(key);
    tools = new Fido2Tools(guest, plugged.node());
  }

  @AfterEach
  void unplug() {
    plugged.close();
  }

  private void setPin() {
    tools.token("-S", PIN, PIN).output();
  }

  @Test
  void isListedAsASecurityKey() {
    assertThat(guest.run(SOON, "fido2-token", "-L").output())
        .isEqualTo(
            "%s: vendor=0x1209, product=0xf1d0 (Keysmith Keysmith virtual key)%n"
                .formatted(plugged.node()));
  }

  @Test
  void tellsWhatItCanDo() {
    assertThat(tools.token("-I").output())
        .contains("caps: 0x0d (wink, cbor, nomsg)")
        .contains("version strings: FIDO_2_0, FIDO_2_1_PRE, FIDO_2_1\n")
        .contains("algorithms: es256 (public-key), eddsa (public-key)\n")
        .contains("aaguid: " + key.aaguid().toString().replace("-", "") + "\n")
        .contains("remaining rk(s): 25\n")
        .contains("pin protocols: 2, 1\n")
        .contains("noclientPin")
        .contains("pin retries: 8\n");
  }

  @Test
  void getsAPinAndAnother() {
    setPin();
    assertThat(tools.token("-I").output()).contains(" clientPin");

    tools.token("-C", PIN, "another-1", "another-1").output();

    assertThat(tools.token("-I -c", "another-1").output()).contains("remaining rk(s): 25");
    assertThat(tools.token("-I -c", PIN).out()).contains("FIDO_ERR_PIN_INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"es256", "eddsa"})
  void makesCredentialsAndSignsWithThem(String type) {
    setPin();

    tools.make("ann", "example.org", type, PIN).output();
    tools.verify("ann", type).output();
    tools.sign("example.org", type, PIN).output();
    tools.verifyAssertion("ann", type).output();

    assertThat(key.credentials()).singleElement().extracting("userName").isEqualTo("ann");
  }

  @Test
  void listsAndDeletesCredentials() {
    setPin();
    tools.make("ann", "example.org", "es256", PIN).output();
    tools.make("bob", "example.org", "eddsa", PIN).output();
    tools.make("cy", "example.com", "es256", PIN).output();
    tools.verify("ann", "es256").output();
    String ann = tools.id("ann");

    assertThat(tools.token("-L -r", PIN).output()).contains(" example.org\n", " example.com\n");
    assertThat(tools.token("-L -k example.org", PIN).output())
        .containsPattern("00: " + Pattern.quote(ann) + " .*es256")
        .containsPattern("01: .*eddsa");
    tools.token("-D -i " + ann, PIN).output();

    assertThat(tools.token("-L -k example.org", PIN).output()).doesNotContain(ann);
    assertThat(tools.token("-I -c", PIN).output())
        .contains("existing rk(s): 2\n", "remaining rk(s): 23\n");
    assertThat(key.credentials()).extracting("userName").containsExactly("bob", "cy");
  }

  @Test
  void countsWrongPins() {
    setPin();

    assertThat(tools.token("-I -c", "999999").out()).contains("FIDO_ERR_PIN_INVALID");
    assertThat(tools.token("-I").output()).contains("pin retries: 7");
    assertThat(tools.token("-I -c", "999999").out()).contains("FIDO_ERR_PIN_INVALID");
    assertThat(tools.token("-I -c", "999999").out()).contains("FIDO_ERR_PIN_AUTH_BLOCKED");
    assertThat(tools.token("-I -c", PIN).out()).contains("FIDO_ERR_PIN_AUTH_BLOCKED");

    plugged = plugged.replug();
    tools = new Fido2Tools(guest, plugged.node());
    assertThat(tools.token("-I -c", PIN).exit()).isZero();
    assertThat(tools.token("-I").output()).contains("pin retries: 8");
  }

  @Test
  void isResetJustAfterItWasPluggedIn() {
    VirtualKey early =
        VirtualKey.builder().clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).build();
    plugged.close();
    plugged = room.plug(early);
    tools = new Fido2Tools(guest, plugged.node());
    setPin();
    tools.make("ann", "example.org", "es256", PIN).output();

    tools.token("-R").output();

    assertThat(early.hasPin()).isFalse();
    assertThat(early.credentials()).isEmpty();
  }
}
