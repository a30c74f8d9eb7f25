package dev.keysmith.testing.org.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that are still to happen. Thread-safe. */
public final class Faults {

  private final List<Fault> waiting = new ArrayList<>();

  /** One more. */
  public synchronized void add(Fault fault) {
    waiting.add(fault);
  }

  /** Those that still wait for a request, with what is left of them. */
  public synchronized List<Fault> waiting() {
    return List.copyOf(waiting);
  }

  /** Nothing goes wrong any more. */
  public synchronized void clear() {
    waiting.clear();
  }

  /** The fault that this request meets, if any; counts it. */
  synchronized Optional<Fault> take(Call call) {
    for (int i = 0; i < waiting.size(); i++) {
      Fault fault = waiting.get(i);
      if (fault.meets(call)) {
        if (fault.after() > 0) {
          waiting.set(i, fault.after(fault.after() - 1));
        } else {
          use(i, fault);
          return Optional.of(fault);
        }
      }
    }
    return Optional.empty();
  }

  private void use(int i, Fault fault) {
    if (fault.times() == 1) {
      waiting.remove(i);
    } else {
      waiting.set(i, fault.times(fault.times() - 1));
    }
  }
}
