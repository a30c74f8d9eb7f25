package dev.keysmith.station.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keysmith.station.fake.FakeProxy;
import dev.keysmith.station.fake.FakeServer;
import dev.keysmith.station.fake.TestAuthority;
import dev.keysmith.station.home.ConfigurationException;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.home.StationKey;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {

  @Test
  void leadsToTheServerWithAPassword(@TempDir Path directory) throws Exception {
    Home home = new Home(directory);
    TestAuthority authority = new TestAuthority();
    authority.save(directory);
    Files.writeString(directory.resolve("proxy-password"), "secret\n");
    try (FakeServer server = FakeServer.start(authority.server("localhost", Duration.ofDays(10)));
        FakeProxy proxy = new FakeProxy()) {
      Settings.change(
          home,
          Map.of(
              "ca", "ca.pem",
              "proxy", proxy.address(),
              "proxy.user", "user",
              "proxy.password.file", "proxy-password"));
      ServerClient client = new ServerClient(home, Settings.load(home));
      new PairingCall(client, server.address()).pair("ABCD-EFGH", StationKey.generate());
      assertThat(proxy.tunnels()).hasSize(1);
      WebSocket socket =
          new ServerClient(home, Settings.load(home))
              .connect(server.address(), new WebSocket.Listener() {})
              .get(20, TimeUnit.SECONDS);
      server.next();
      socket.abort();
      assertThat(proxy.tunnels())
          .hasSize(2)
          .allMatch(("localhost:" + server.address().port())::equals);
    }
  }

  @Test
  void aProxyThatAsksForAPasswordIsToldSo(@TempDir Path directory) throws Exception {
    Home home = new Home(directory);
    TestAuthority authority = new TestAuthority();
    try (FakeServer server = FakeServer.start(authority.server("localhost", Duration.ofDays(10)));
        FakeProxy proxy = new FakeProxy()) {
      Settings.change(home, Map.of("proxy", proxy.address()));
      ServerClient client = new ServerClient(home, Settings.load(home));
      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(
              () ->
                  new PairingCall(client, server.address())
                      .pair("ABCD-EFGH", StationKey.generate()))
          .withMessageContaining("proxy.user");
      assertThat(
              client
                  .connect(server.address(), new WebSocket.Listener() {})
                  .handle((socket, fault) -> Faults.inWords(fault))
                  .get(20, TimeUnit.SECONDS))
          .contains("proxy.user");
    }
  }

  @Test
  void aProxyWithoutAPortIsAMistake(@TempDir Path directory) {
    Home home = new Home(directory);
    Settings.change(home, Map.of("proxy", "proxy.example.com"));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> new ServerClient(home, Settings.load(home)))
        .withMessageContaining("proxy.example.com:3128");
  }
}
