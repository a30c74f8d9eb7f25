package dev.keysmith.war.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.platform.Configuration;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

  private static TrustedProxies trusting(String proxies) {
    return new TrustedProxies(
        new Configuration(
            key -> key.equals("keysmith.proxies") ? Optional.of(proxies) : Optional.empty()));
  }

  private static HttpServletRequest request(String from, String... forwarded) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            TrustedProxiesTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                method.getName().equals("getRemoteAddr")
                    ? from
                    : Collections.enumeration(List.of(forwarded)));
  }

  @Test
  void trustsNoProxyByDefault() {
    assertThat(trusting("").caller(request("127.0.0.1", "203.0.113.7"))).isEqualTo("127.0.0.1");
    assertThat(trusting("10.0.0.1").caller(request("10.0.0.2", "203.0.113.7")))
        .isEqualTo("10.0.0.2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127.0.0.1           | 127.0.0.1   | 203.0.113.7                         | 203.0.113.7
          127.0.0.1, 10.0.0.0/8 | 127.0.0.1 | 203.0.113.7, 10.1.2.3               | 203.0.113.7
          127.0.0.1           | 127.0.0.1   | 198.51.100.1, 203.0.113.7           | 203.0.113.7
          127.0.0.1           | 127.0.0.1   | 203.0.113.7:52110                   | 203.0.113.7
          ::1                 | ::1         | [2001:db8::7]:52110                 | 2001:db8:0:0:0:0:0:7
          127.0.0.1           | ::ffff:127.0.0.1 | 203.0.113.7                    | 203.0.113.7
          10.0.0.0/8          | 10.0.0.1    | 10.0.0.3, 10.0.0.2                  | 10.0.0.3
          """)
  void tellsTheNearestAddressThatIsNoTrustedProxys(
      String proxies, String from, String forwarded, String caller) {
    assertThat(trusting(proxies).caller(request(from, forwarded))).isEqualTo(caller);
  }

  @Test
  void readsTheHeaderWhereItIsThereSeveralTimes() {
    assertThat(
            trusting("127.0.0.1, 10.0.0.1")
                .caller(request("127.0.0.1", "198.51.100.1", "203.0.113.7, 10.0.0.1")))
        .isEqualTo("203.0.113.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "_hidden", "", "localhost", "1.2.3", "999.1.1.1", "::g"})
  void staysAtTheProxyThatSaysNoAddress(String said) {
    assertThat(trusting("127.0.0.1").caller(request("127.0.0.1", said))).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/25, 192.0.2.127, true",
    "192.0.2.0/25, 192.0.2.128, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "0.0.0.0/0, 203.0.113.7, true",
    "0.0.0.0/0, 2001:db8::1, false"
  })
  void comparesTheFirstBits(String network, String address, boolean inside) {
    assertThat(Network.parse(network).contains(Network.literal(address).orElseThrow()))
        .isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10."})
  void saysWhatTheSettingMustHold(String proxies) {
    assertThatThrownBy(() -> trusting(proxies))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keysmith.proxies");
  }
}
