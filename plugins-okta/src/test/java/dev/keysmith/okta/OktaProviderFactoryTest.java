package dev.keysmith.okta;

import static dev.keysmith.okta.Assertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.okta.http.Org;
import dev.keysmith.spi.MovableClock;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import java.net.URI;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OktaProviderFactoryTest {

  private final OktaProviderFactory factory = new OktaProviderFactory();
  private final MovableClock clock = new MovableClock();

  private Settings settings() {
    return new Settings(clock)
        .text("origin", "https://example.okta.com")
        .secret("api-token", LoopbackOrg.TOKEN);
  }

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(IdentityProviderFactory.class))
        .singleElement()
        .isInstanceOf(OktaProviderFactory.class);
    assertThat(factory.name()).isEqualTo("okta");
    assertThat(factory.settings())
        .extracting(Setting::name)
        .containsExactly(
            "origin", "credential", "api-token", "client-id", "private-key", "key-id", "proxy");
  }

  @Test
  void createsAProviderWithoutTouchingTheNetwork() {
    try (var provider = factory.create(settings())) {
      assertThat(provider).hasToString("OktaProvider[https://example.okta.com]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://Example.okta.com/, https://example.okta.com",
    "https://example.okta.com:443, https://example.okta.com",
    "https://login.example.com:8443, https://login.example.com:8443",
    "http://localhost:8081, http://localhost:8081",
    "http://127.0.0.1:80, http://127.0.0.1"
  })
  void takesAnOriginAsBrowsersWriteIt(String address, String origin) {
    assertThat(Org.at(URI.create(address)).origin()).isEqualTo(origin);
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.okta.com, https://",
    "http://localhost.example.com, https://",
    "ftp://localhost, https://",
    "https://example.okta.com/app, alone",
    "https://example.okta.com?x=1, alone",
    "https://user@example.okta.com, alone",
    "https://example-admin.okta.com, https://example.okta.com",
    "https://example-admin.oktapreview.com/, https://example.oktapreview.com",
    "https://example-admin.okta-emea.com, https://example.okta-emea.com",
    "https://example-admin.okta-gov.com, https://example.okta-gov.com",
    "https://Example-Admin.Okta.Mil, https://example.okta.mil",
    "https://example.okta.com., Enter https://example.okta.com",
    "https://example-admin.okta.com.:8443/, dot",
    "example.okta.com, origin",
    "'', origin"
  })
  void refusesWhatIsNoOriginOfAnOrg(String address, String hint) {
    Settings settings = settings().text("origin", address);
    assertFails(() -> factory.create(settings), Reason.MISCONFIGURED).hasMessageContaining(hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "two words", "line\nbreak", "tökén"})
  void refusesWhatIsNoToken(String token) {
    Settings settings = settings().secret("api-token", token);
    assertFails(() -> factory.create(settings), Reason.MISCONFIGURED)
        .hasMessageContaining("API token");
  }

  @Test
  void saysWhichSettingIsMissing() {
    Settings noToken = new Settings(clock).text("origin", "https://example.okta.com");
    assertFails(() -> factory.create(noToken), Reason.MISCONFIGURED)
        .hasMessageContaining("api-token");
    Settings noKey = settings().text("credential", "service-app").text("client-id", "0oa1");
    assertFails(() -> factory.create(noKey), Reason.MISCONFIGURED)
        .hasMessageContaining("private-key");
    Settings odd = settings().text("credential", "password");
    assertFails(() -> factory.create(odd), Reason.MISCONFIGURED).hasMessageContaining("credential");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy", "proxy:99999", "http://proxy:3128", "user:secret@proxy:3128"})
  void refusesWhatIsNoProxy(String proxy) {
    Settings settings = settings().text("proxy", proxy);
    assertFails(() -> factory.create(settings), Reason.MISCONFIGURED)
        .hasMessageContaining("proxy.example.org:3128");
  }

  @Test
  void goesThroughTheProxy() throws Exception {
    try (LoopbackOrg proxy = new LoopbackOrg();
        LoopbackOrg org = new LoopbackOrg()) {
      String address = proxy.origin().replace("http://", "");
      proxy.on("GET /api/v1/groups", "[]");
      try (var provider = org.provider(org.settings().text("proxy", address))) {
        assertThat(provider.groups("", 1)).isEmpty();
      }
      assertThat(org.received()).isEmpty();
      assertThat(proxy.received("GET /api/v1/groups")).hasSize(1);
    }
  }

  @Test
  void readsNoConfigurationFromOutside() throws Exception {
    System.setProperty("okta.client.token", "another");
    System.setProperty("http.proxyHost", "proxy.invalid");
    try (LoopbackOrg org = new LoopbackOrg();
        var provider = org.on("GET /api/v1/groups", "[]").provider()) {
      provider.groups("", 1);
      assertThat(org.received().get(0).header("Authorization"))
          .isEqualTo("SSWS " + LoopbackOrg.TOKEN);
    } finally {
      System.clearProperty("okta.client.token");
      System.clearProperty("http.proxyHost");
    }
  }

  @Test
  void saysNoMoreAfterItsEnd() throws Exception {
    try (LoopbackOrg org = new LoopbackOrg()) {
      var provider = org.provider();
      provider.close();
      provider.close();
      assertFails(() -> provider.groups("", 1), Reason.UNAVAILABLE);
      assertThat(org.received()).isEmpty();
    }
  }
}
