package dev.keysmith.station.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keysmith.station.fake.FakeServer;
import dev.keysmith.station.fake.TestAuthority;
import dev.keysmith.station.home.ConfigurationException;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.home.StationKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which servers a station talks to; each test pairs with one by TLS. */
class TrustTest {

  private static final Duration VALID = Duration.ofDays(10);
  private static final String OTHER_PIN = "sha256/" + "A".repeat(43) + "=";

  private final TestAuthority authority = new TestAuthority();
  private Home home;

  @BeforeEach
  void directory(@TempDir Path directory) {
    home = new Home(directory);
  }

  private void trust(Map<String, String> more) {
    authority.save(home.directory());
    Settings.change(home, Map.of("ca", "ca.pem"));
    Settings.change(home, more);
  }

  private long pair(SSLContext tls) throws InterruptedException {
    try (FakeServer server = FakeServer.start(tls)) {
      ServerClient client = new ServerClient(home, Settings.load(home));
      return new PairingCall(client, server.address())
          .pair("ABCD-EFGH", StationKey.generate())
          .station();
    }
  }

  private void assertRefused(SSLContext tls, String words) {
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> pair(tls))
        .withMessageContaining(words);
  }

  @Test
  void trustsThePrivateAuthority() throws Exception {
    trust(Map.of());
    assertThat(pair(authority.server("localhost", VALID))).isEqualTo(51);
  }

  @Test
  void trustsAPinOfTheChain() throws Exception {
    trust(Map.of("pin", authority.pin()));
    assertThat(pair(authority.server("localhost", VALID, authority.certificate()))).isEqualTo(51);
  }

  @Test
  void refusesAnUnknownAuthority() {
    assertRefused(authority.server("localhost", VALID), "unknown authority");
  }

  @Test
  void refusesAnotherName() {
    trust(Map.of());
    assertRefused(authority.server("keys.example.com", VALID), "for another name");
  }

  @Test
  void refusesACertificateThatHasExpired() {
    trust(Map.of());
    assertRefused(authority.server("localhost", Duration.ofDays(-1)), "has expired");
  }

  @Test
  void refusesAnotherPin() {
    trust(Map.of("pin", OTHER_PIN));
    assertRefused(
        authority.server("localhost", VALID, authority.certificate()),
        "the key of the setting \"pin\"");
  }

  @Test
  void refusesAPinThatWasMerelySentAlong() {
    TestAuthority pinned = new TestAuthority();
    trust(Map.of("pin", pinned.pin()));
    assertRefused(
        authority.server("localhost", VALID, authority.certificate(), pinned.certificate()),
        "the key of the setting \"pin\"");
  }

  @Test
  void aPinThatIsNoneIsAMistake() {
    trust(Map.of("pin", "sha256/abc"));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> new ServerClient(home, Settings.load(home)))
        .withMessageContaining("\"pin\"");
  }

  @Test
  void aCaThatIsNoneIsAMistake() throws Exception {
    Settings.change(home, Map.of("ca", "ca.pem"));
    Files.writeString(home.directory().resolve("ca.pem"), "nothing");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> new ServerClient(home, Settings.load(home)))
        .withMessageContaining("\"ca\"");
  }
}
