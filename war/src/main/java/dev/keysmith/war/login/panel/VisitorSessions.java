package dev.keysmith.war.login.panel;

import dev.keysmith.core.access.AttemptSources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sessions without a sign-in. Any visitor can begin them and they take memory, so there are so many
 * from one address and so many in all; the oldest end first. What ends is a sign-in that is not
 * done, which begins again.
 */
@ApplicationScoped
public class VisitorSessions {

  static final int PER_ADDRESS = 100;
  static final int IN_ALL = 2000;

  private final Map<String, Visit> visits = new LinkedHashMap<>();

  private record Visit(HttpSession session, String source) {}

  /** A session has begun. */
  void begun(HttpSession session, String address) {
    String source = AttemptSources.of(address);
    List<HttpSession> over;
    synchronized (this) {
      visits.put(session.getId(), new Visit(session, source));
      over = takeSurplus(source);
    }
    over.forEach(VisitorSessions::end);
  }

  /** A session is over, has another id now, or an operator has signed in in it. */
  synchronized void forget(String sessionId) {
    visits.remove(sessionId);
  }

  private List<HttpSession> takeSurplus(String source) {
    List<HttpSession> over = new ArrayList<>();
    long same = visits.values().stream().filter(it -> it.source().equals(source)).count();
    Iterator<Visit> oldest = visits.values().iterator();
    while (oldest.hasNext() && (same > PER_ADDRESS || visits.size() > IN_ALL)) {
      Visit visit = oldest.next();
      boolean ofSource = visit.source().equals(source);
      if (visits.size() > IN_ALL || ofSource) {
        oldest.remove();
        over.add(visit.session());
        same -= ofSource ? 1 : 0;
      }
    }
    return over;
  }

  private static void end(HttpSession session) {
    try {
      session.invalidate();
    } catch (IllegalStateException e) {
      return; // It is over already.
    }
  }
}
