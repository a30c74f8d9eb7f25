package dev.keysmith.spi.key;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks now and then, on a thread of its own, and tells the listener what has changed. */
final class PollingKeyWatch implements KeyWatch {

  /** Between two looks, unless a transport chooses; with the look less than a second. */
  static final Duration PAUSE = Duration.ofMillis(400);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
  private static final System.Logger LOG = System.getLogger(PollingKeyWatch.class.getName());

  private final Supplier<List<KeyDescriptor>> look;
  private final Duration pause;
  private final KeyWatchListener listener;
  private final Thread thread = new Thread(this::run, "keysmith-key-watch");
  private volatile boolean closed;
  private @Nullable Object told;

  private PollingKeyWatch(
      Supplier<List<KeyDescriptor>> look, Duration pause, KeyWatchListener listener) {
    this.look = look;
    this.pause = pause;
    this.listener = listener;
  }

  static PollingKeyWatch start(
      Supplier<List<KeyDescriptor>> look, Duration pause, KeyWatchListener listener) {
    if (pause.isZero() || pause.isNegative() || pause.compareTo(LONGEST_PAUSE) > 0) {
      throw new IllegalArgumentException(
          "The pause between two looks is more than zero and 500 ms at most: " + pause);
    }
    PollingKeyWatch watch = new PollingKeyWatch(look, pause, listener);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void run() {
    while (!closed) {
      try {
        lookOnce();
      } catch (Throwable e) {
        // Foreign code: an Error must not end the watch without a word.
        LOG.log(Level.WARNING, "What listens for security keys failed", e);
      }
      // An interrupt would make every later pause empty; only the owner ends this thread.
      Thread.interrupted();
      if (!closed) {
        LockSupport.parkNanos(pause.toNanos());
      }
    }
  }

  private void lookOnce() {
    List<KeyDescriptor> keys;
    try {
      keys = List.copyOf(look.get());
    } catch (PluginException e) {
      tell(List.of(e.reason(), String.valueOf(e.getMessage())), () -> listener.onProblem(e));
      return;
    } catch (Throwable e) {
      tell(e.getClass(), () -> listener.onProblem(broken(e)));
      return;
    }
    tell(keys, () -> listener.onKeys(keys));
  }

  private void tell(Object news, Runnable call) {
    if (!closed && !Objects.equals(news, told)) {
      told = news;
      call.run();
    }
  }

  private static PluginException broken(Throwable cause) {
    return new PluginException(
        Reason.UNAVAILABLE,
        "The plugin failed in a way that it must not (%s). Report it to its maker."
            .formatted(cause.getClass().getSimpleName()),
        cause);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
