package dev.keysmith.testing.org.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests to Okta's endpoints, the oldest first. Thread-safe. */
public final class Journal {

  private static final int KEPT = 20_000;

  private final Deque<Request> requests = new ArrayDeque<>();

  synchronized void add(Request request) {
    if (requests.size() == KEPT) {
      requests.removeFirst();
    }
    requests.add(request);
  }

  /** What has been asked. */
  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Forgets all. */
  public synchronized void clear() {
    requests.clear();
  }
}
