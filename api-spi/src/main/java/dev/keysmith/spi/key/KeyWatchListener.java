package dev.keysmith.spi.key;

import dev.keysmith.spi.PluginException;
import java.util.List;

/**
 * Hears which security keys are plugged in.
 *
 * <p>The transport makes one call at a time, each after the last has returned and with its effects
 * visible, on a thread of its own and never on one that is inside {@link KeyTransport#watch} or
 * {@link KeyWatch#close}. A call returns quickly, as the next one waits for it, and throws nothing;
 * what it throws all the same is logged, and the watch goes on. It may call any method of the
 * transport and close the watch.
 */
public interface KeyWatchListener {

  /**
   * Tells which keys are there.
   *
   * @param keys all of them, as {@link KeyTransport#listKeys} returns them; immutable; empty if
   *     there is none
   */
  void onKeys(List<KeyDescriptor> keys);

  /**
   * Tells that the transport cannot say which keys are there. The watch goes on, and the next
   * {@link #onKeys} says that it can again.
   *
   * @param problem what {@link KeyTransport#listKeys} would throw now
   */
  void onProblem(PluginException problem);
}
