package dev.keysmith.spi.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A listener that keeps what it hears until a test asks. */
public final class HeardKeys implements KeyWatchListener {

  private static final long PATIENCE_SECONDS = 20;

  private final LinkedBlockingQueue<Object> calls = new LinkedBlockingQueue<>();
  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean overlapping;

  @Override
  public void onKeys(List<KeyDescriptor> keys) {
    hear(keys);
  }

  @Override
  public void onProblem(PluginException problem) {
    hear(problem);
  }

  private void hear(Object call) {
    overlapping |= inside.incrementAndGet() > 1;
    calls.add(call);
    inside.decrementAndGet();
  }

  /** Whether two calls were ever under way at a time. */
  public boolean overlapping() {
    return overlapping;
  }

  /** The next list; fails if it is a problem or does not come. */
  @SuppressWarnings("unchecked") // what onKeys has added
  public List<KeyDescriptor> nextKeys() {
    Object next = next();
    assertThat(next).isInstanceOf(List.class);
    return (List<KeyDescriptor>) next;
  }

  /** The next problem; fails if it is a list or does not come. */
  public PluginException nextProblem() {
    Object next = next();
    assertThat(next).isInstanceOf(PluginException.class);
    return (PluginException) next;
  }

  /** Passes over lists until one is wanted; returns all of them, that one last. */
  public List<List<KeyDescriptor>> until(Predicate<List<KeyDescriptor>> wanted) {
    List<List<KeyDescriptor>> heard = new ArrayList<>();
    do {
      heard.add(nextKeys());
    } while (!wanted.test(heard.get(heard.size() - 1)));
    return heard;
  }

  /** Whether there is a call that no test has asked for. */
  public boolean hasMore() {
    return !calls.isEmpty();
  }

  private Object next() {
    try {
      Object next = calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("a call of the listener").isNotNull();
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }
}
