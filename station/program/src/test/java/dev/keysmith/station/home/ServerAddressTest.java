package dev.keysmith.station.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  @Test
  void leadsToTheLinkAndThePairing() {
    ServerAddress server = ServerAddress.parse("HTTPS://keys.example.com:8443/keysmith/");
    assertThat(server.link()).hasToString("wss://keys.example.com:8443/keysmith/station-link");
    assertThat(server.pairing())
        .hasToString("https://keys.example.com:8443/keysmith/api/station-pairing");
    assertThat(server.origin()).isEqualTo("https://keys.example.com:8443");
    assertThat(server.port()).isEqualTo(8443);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"})
  void trustsThisMachineWithoutTls(String text) {
    assertThat(ServerAddress.parse(text).link().getScheme()).isEqualTo("ws");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://keys.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "keys.example.com",
        "ftp://keys.example.com",
        "https://",
        "https://user:password@keys.example.com",
        "https://keys.example.com?a=b",
        "https://keys.example.com#a",
        "https://keys example.com",
        ""
      })
  void refusesWhatIsNoAddressOfAServer(String text) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ServerAddress.parse(text))
        .withMessageContaining("https:");
  }
}
