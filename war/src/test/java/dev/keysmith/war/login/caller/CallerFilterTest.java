package dev.keysmith.war.login.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.access.Caller;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.platform.Configuration;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerFilterTest {

  private static final String ADDRESS = "192.0.2.7";

  private final List<String> told = new ArrayList<>();

  @Test
  void tellsTheRoleOfWhoeverIsInBeforeAnythingIsDone() throws Exception {
    introduce(Set.of(OperatorPrincipal.of(operator(Role.AUDITOR))));

    assertThat(told).containsExactly("from " + ADDRESS, "AUDITOR", "the request");
  }

  @Test
  void tellsNoRoleOfStrangers() throws Exception {
    introduce(Set.of());

    assertThat(told).containsExactly("from " + ADDRESS, "the request");
  }

  private void introduce(Set<OperatorPrincipal> principals) throws Exception {
    CallerFilter filter = new CallerFilter();
    filter.proxies = new TrustedProxies(new Configuration(key -> Optional.empty()));
    filter.caller =
        new Caller() {
          @Override
          public void comesFrom(String from) {
            told.add("from " + from);
          }

          @Override
          public void is(Role present) {
            told.add(present.name());
          }
        };
    filter.operator = new CurrentOperator();
    filter.operator.security = answering(SecurityContext.class, principals);
    FilterChain chain = (request, response) -> told.add("the request");
    filter.doFilter(answering(HttpServletRequest.class, ADDRESS), null, chain);
  }

  private static Operator operator(Role role) {
    return new Operator() {
      @Override
      public Role role() {
        return role;
      }

      @Override
      public String login() {
        return "ann";
      }
    };
  }

  /** An object that gives the same answer to whatever it is asked. */
  private static <T> T answering(Class<T> type, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            CallerFilterTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer));
  }
}
