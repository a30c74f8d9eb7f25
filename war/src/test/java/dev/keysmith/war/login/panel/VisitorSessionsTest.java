package dev.keysmith.war.login.panel;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitorSessionsTest {

  private final VisitorSessions visitors = new VisitorSessions();
  private final List<String> ended = new ArrayList<>();

  private void begin(String id, String address) {
    visitors.begun(session(id), address);
  }

  private HttpSession session(String id) {
    return (HttpSession)
        Proxy.newProxyInstance(
            VisitorSessionsTest.class.getClassLoader(),
            new Class<?>[] {HttpSession.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("invalidate")) {
                ended.add(id);
              }
              return method.getName().equals("getId") ? id : null;
            });
  }

  @Test
  void endsTheOldestOfAnAddressThatHasTooMany() {
    begin("other", "192.0.2.2");
    for (int i = 0; i < VisitorSessions.PER_ADDRESS + 2; i++) {
      begin("s" + i, "2001:db8:1:2::" + i);
    }

    assertThat(ended).containsExactly("s0", "s1");
  }

  @Test
  void endsTheOldestOfAllWhenThereAreTooMany() {
    for (int i = 0; i <= VisitorSessions.IN_ALL; i++) {
      begin("s" + i, "10.0." + (i >> 8) + "." + (i & 255));
    }

    assertThat(ended).containsExactly("s0");
  }

  @Test
  void leavesSessionsAloneInWhichAnOperatorHasSignedIn() {
    begin("operator", "192.0.2.1");
    visitors.forget("operator");
    for (int i = 0; i < VisitorSessions.PER_ADDRESS + 1; i++) {
      begin("s" + i, "192.0.2.1");
    }

    assertThat(ended).containsExactly("s0");
  }
}
