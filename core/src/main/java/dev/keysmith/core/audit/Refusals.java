package dev.keysmith.core.audit;

import dev.keysmith.core.access.AttemptSources;
import dev.keysmith.core.access.RefusedCall;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was refused, in the audit log. Strangers cause these entries, so they cannot fill the log:
 * of the same act, actor and address the first is written at once, and of those that follow within
 * ten minutes how many there were. Beyond a hundred of one actor all others of that actor count
 * together, so strangers cannot hide whose refusal another one was.
 */
@ApplicationScoped
public class Refusals {

  static final Duration INTERVAL = Duration.ofMinutes(10);
  static final int SEPARATE = 100;
  private static final String OTHERS = "other addresses";
  private static final Logger LOG = System.getLogger(Refusals.class.getName());

  @Inject Audit audit;
  @Inject Clock clock;

  private final Map<Refusal, Repeats> repeats = new LinkedHashMap<>();

  private record Refusal(String action, Actor by, String source) {}

  private record Repeats(Instant since, int count) {}

  private record Entry(Refusal refusal, String what, Map<String, String> details) {

    Actor by() {
      return refusal.by();
    }

    String action() {
      return refusal.action();
    }

    Subject subject() {
      return new Subject("request", "", what);
    }
  }

  /**
   * Something was refused.
   *
   * @param action for instance {@code access.refused}
   * @param address where the request came from
   * @param what was asked for; no secrets and no typed text
   */
  public void refused(Actor by, String action, String address, String what) {
    count(new Refusal(action, by, AttemptSources.of(address)), address, what).forEach(this::write);
  }

  /**
   * The same in the transaction of the caller, which commits although it refuses. So it needs no
   * second connection, for which many refusals at once would wait for each other.
   */
  @Transactional(TxType.MANDATORY)
  public void refusedWithin(Actor by, String action, String address, String what) {
    count(new Refusal(action, by, AttemptSources.of(address)), address, what)
        .forEach(
            entry -> audit.record(entry.by(), entry.action(), entry.subject(), entry.details()));
  }

  /** A failed attempt to sign in, of which no account is known. */
  public void signInFailed(String way, String address) {
    refused(Actor.system(), "operator.sign-in-failed", address, way);
  }

  private synchronized List<Entry> count(Refusal refusal, String address, String what) {
    Instant now = clock.instant();
    List<Entry> entries = over(now.minus(INTERVAL));
    boolean apart = repeats.containsKey(refusal) || countOf(refusal.by()) < SEPARATE;
    Refusal counted = apart ? refusal : new Refusal(refusal.action(), refusal.by(), OTHERS);
    Repeats before = repeats.get(counted);
    if (before == null) {
      repeats.put(counted, new Repeats(now, 0));
      entries.add(new Entry(counted, what, Map.of("address", apart ? address : OTHERS)));
    } else {
      repeats.put(counted, new Repeats(before.since(), before.count() + 1));
    }
    return entries;
  }

  private long countOf(Actor by) {
    return repeats.keySet().stream().filter(each -> each.by().equals(by)).count();
  }

  /** What began so long ago is over; the oldest come first. */
  private List<Entry> over(Instant since) {
    List<Entry> entries = new ArrayList<>();
    Iterator<Map.Entry<Refusal, Repeats>> all = repeats.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Refusal, Repeats> each = all.next();
      if (each.getValue().since().isAfter(since)) {
        break;
      }
      all.remove();
      if (each.getValue().count() > 0) {
        entries.add(summary(each.getKey(), each.getValue()));
      }
    }
    return entries;
  }

  private static Entry summary(Refusal refusal, Repeats repeats) {
    return new Entry(
        refusal,
        "",
        Map.of(
            "address", refusal.source(),
            "repeated", Integer.toString(repeats.count()),
            "since", repeats.since().toString()));
  }

  /** That it cannot be written must not let anybody in. */
  private void write(Entry entry) {
    try {
      audit.recordApart(entry.by(), entry.action(), entry.subject(), entry.details());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A refusal could not be written into the audit log", e);
    }
  }

  void onRefusedCall(@Observes RefusedCall call) {
    refused(Actor.system(), "access.refused", call.address(), call.method());
  }

  /** Writes what was counted so far; to be called before the server stops. */
  public void finish() {
    List<Entry> last;
    synchronized (this) {
      last = over(Instant.MAX);
    }
    last.forEach(this::write);
  }
}
