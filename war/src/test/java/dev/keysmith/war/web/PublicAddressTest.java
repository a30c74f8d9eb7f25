package dev.keysmith.war.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.platform.Configuration;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {

  private static PublicAddress address(String url) {
    return new PublicAddress(
        new Configuration(key -> key.equals("keysmith.url") ? Optional.of(url) : Optional.empty()));
  }

  private static HttpServletRequest asking(String host) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            PublicAddressTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getServerName" -> host;
                  case "getScheme" -> "http";
                  case "getServerPort" -> 8080;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost", "keys.localhost", "127.0.0.1", "::1", "[::1]"})
  void believesNamesOfTheMachineItself(String host) {
    assertThat(address("").isOurs(asking(host))).isTrue();
    assertThat(address("").origin(asking(host))).endsWith(":8080");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.1.7",
        "[2001:db8::1]",
        "notlocalhost",
        ""
      })
  void believesNoOtherNameUnlessItIsTold(String host) {
    assertThat(address("").isOurs(asking(host))).isFalse();
  }

  @Test
  void goesByItsSettingWhateverIsAskedFor() {
    PublicAddress set = address("https://keys.example.org");

    assertThat(set.isOurs(asking("10.0.0.7"))).isTrue();
    assertThat(set.origin(asking("10.0.0.7"))).isEqualTo("https://keys.example.org");
  }
}
