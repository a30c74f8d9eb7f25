package dev.keysmith.core.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {

  private static boolean allows(String origin, String rpId) {
    return WebOrigin.parse(origin).orElseThrow().allows(rpId);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.okta.com",
        "https://login.example.com:8443",
        "https://xn--bcher-kva.example",
        "http://localhost:8090",
        "http://127.0.0.1:8090",
        "http://[::1]:8090"
      })
  void readsWhatABrowserWrites(String origin) {
    assertThat(WebOrigin.parse(origin).orElseThrow()).hasToString(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "example.okta.com",
        "http://example.okta.com",
        "http://localhost.example.com",
        "ftp://example.okta.com",
        "HTTPS://example.okta.com",
        "https://Example.okta.com",
        "https://example.okta.com/",
        "https://example.okta.com:443",
        "https://example.okta.com:",
        "http://localhost:80",
        "https://example.okta.com?x",
        "https://example.okta.com#x",
        "https://ann@example.okta.com",
        "https://b\u00fccher.example",
        "https://example.okta.com\n",
        "https:///example.okta.com",
        "javascript:alert(1)"
      })
  void readsNothingElse(String origin) {
    assertThat(WebOrigin.parse(origin)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.okta.com, example.okta.com",
    "https://example.okta.com, okta.com",
    "https://example.okta.com:8443, example.okta.com",
    "https://login.id.example.co.uk, example.co.uk",
    "https://login.id.example.co.uk, id.example.co.uk",
    "https://acme.github.io, acme.github.io",
    "https://login.acme.github.io, acme.github.io",
    "https://login.corp.internal, corp.internal",
    "https://login.xn--bcher-kva.example, xn--bcher-kva.example",
    "http://localhost:8090, localhost"
  })
  void allowsItsOwnHostAndWhatOnePartyOwnsAboveIt(String origin, String rpId) {
    assertThat(allows(origin, rpId)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.okta.com, accounts.google.com",
    "https://example.okta.com, evil.okta.com",
    "https://example.okta.com, ple.okta.com",
    "https://example.okta.com, sub.example.okta.com",
    "https://example.okta.com, com",
    "https://example.okta.com, .okta.com",
    "https://example.okta.com, Example.okta.com",
    "https://example.okta.com, example.okta.com.",
    "https://example.okta.com, example.okta.com:443",
    "https://example.okta.com, https://example.okta.com",
    "https://example.okta.com, ''",
    "https://example.okta.com, null",
    "https://login.example.co.uk, co.uk",
    "https://login.example.co.uk, uk",
    "https://acme.github.io, github.io",
    "https://acme.github.io, io",
    "https://login.corp.internal, internal",
    "https://login.corp.xn--55qx5d.cn, xn--55qx5d.cn",
    "https://login.b\u00fccher.example, example",
    "https://login.xn--bcher-kva.example, b\u00fccher.example",
    "https://192.0.2.1, 192.0.2.1",
    "https://192.0.2.1, 2.1",
    "http://127.0.0.1:8090, 127.0.0.1",
    "http://127.0.0.1:8090, localhost",
    "http://[::1]:8090, [::1]"
  })
  void allowsNoOther(String origin, String rpId) {
    assertThat(WebOrigin.parse(origin).filter(it -> it.allows(rpId))).isEmpty();
  }

  @Test
  void writesDomainsAsABrowserDoes() {
    assertThat(
            CustomDomains.canonical(
                List.of(
                    " Login.Example.COM ",
                    "https://login.example.com/",
                    "login.example.com:443",
                    "login.example.com:8443",
                    "b\u00fccher.example")))
        .isEqualTo(Set.of("login.example.com", "login.example.com:8443", "xn--bcher-kva.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "com",
        "co.uk",
        "github.io",
        "localhost",
        "192.0.2.1",
        "[::1]",
        "http://login.example.com",
        "login.example.com/path",
        "login..example.com",
        "login.example.com.",
        "-login.example.com",
        "login_1.example.com",
        "*.example.com",
        "ann@login.example.com",
        "login.example.com:x",
        "login.example.com:99999999999"
      })
  void takesNoDomainThatOnePartyCannotOwn(String domain) {
    assertThat(CustomDomains.areFine(List.of("login.example.com", domain))).isFalse();
  }

  @Test
  void takesTwentyDomains() {
    List<String> most = java.util.Collections.nCopies(20, "login.example.com");
    assertThat(CustomDomains.areFine(most)).isTrue();
    assertThat(CustomDomains.areFine(java.util.Collections.nCopies(21, "login.example.com")))
        .isFalse();
  }
}
