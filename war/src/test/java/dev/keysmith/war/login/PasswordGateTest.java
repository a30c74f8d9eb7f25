package dev.keysmith.war.login;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasswordGateTest {

  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  private static final HttpServletRequest HOME = from("10.0.0.1");
  private static final HttpServletRequest ELSEWHERE = from("10.0.0.2");

  private final PasswordGate gate = new PasswordGate();

  @BeforeEach
  void setClock() {
    gate.clock = Clock.fixed(START, ZoneOffset.UTC);
    gate.proxies = new TrustedProxies(new Configuration(key -> Optional.empty()));
  }

  private static HttpServletRequest from(String address) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            PasswordGateTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> address);
  }

  private void fail(HttpServletRequest request, String account, int times) {
    for (int i = 0; i < times; i++) {
      gate.requireOpen(request, account);
      gate.count(request, account);
    }
  }

  @Test
  void refusesAnAccountFromEverywhereAfterTenFailuresAndNoOther() {
    fail(HOME, "ann", PasswordGate.PER_ACCOUNT);

    assertThatThrownBy(() -> gate.requireOpen(ELSEWHERE, "ann"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("wait 15 minutes");
    assertThatCode(() -> gate.requireOpen(HOME, "bob")).doesNotThrowAnyException();
  }

  @Test
  void refusesAnAddressAfterAHundredFailuresWhateverTheyName() {
    for (int i = 0; i < PasswordGate.PER_ADDRESS; i++) {
      fail(HOME, "guess" + i, 1);
    }

    assertThatThrownBy(() -> gate.requireOpen(HOME)).isInstanceOf(ProblemException.class);
    assertThatCode(() -> gate.requireOpen(ELSEWHERE)).doesNotThrowAnyException();
  }

  @Test
  void forgivesAfterAQuarterOfAnHour() {
    fail(HOME, "ann", PasswordGate.PER_ACCOUNT);
    gate.clock = Clock.fixed(START.plus(PasswordGate.WINDOW), ZoneOffset.UTC);

    assertThatCode(() -> gate.requireOpen(HOME, "ann")).doesNotThrowAnyException();
  }
}
