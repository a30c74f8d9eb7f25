package dev.keysmith.core.plugin.guard;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyWatchListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears a transport's news, and lets through what its contract allows. */
final class GuardedKeyWatchListener implements KeyWatchListener {

  private static final Logger LOG = System.getLogger(GuardedKeyWatchListener.class.getName());

  private final KeyWatchListener listener;
  private final ForeignCalls calls;

  GuardedKeyWatchListener(KeyWatchListener listener, ForeignCalls calls) {
    this.listener = listener;
    this.calls = calls;
  }

  @Override
  public void onKeys(@Nullable List<KeyDescriptor> keys) {
    List<KeyDescriptor> copy;
    try {
      copy = List.copyOf(keys);
    } catch (RuntimeException e) {
      onProblem(calls.refused("watch", Misbehaviour.of(e)));
      return;
    }
    tell(() -> listener.onKeys(copy));
  }

  @Override
  public void onProblem(@Nullable PluginException problem) {
    PluginException told =
        problem == null ? calls.refused("watch", Misbehaviour.ofNull()) : problem;
    tell(() -> listener.onProblem(told));
  }

  /** What fails behind it is no fault of the plugin. */
  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "What listens for security keys failed", e);
    }
  }
}
