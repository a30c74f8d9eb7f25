package dev.keysmith.spi.key;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A listener's subscription to what is plugged in; from {@link KeyTransport#watch}. */
public interface KeyWatch extends AutoCloseable {

  /**
   * Watches by looking now and then; what {@link KeyTransport#watch} does unless overridden. For
   * transports that have a cheaper look than {@link KeyTransport#listKeys}.
   *
   * <p>A thread of its own looks, and calls the listener; it ends when the watch is closed.
   *
   * @param look tells which keys are there, in less than half a second; may throw what {@link
   *     KeyTransport#listKeys} does; whatever else it throws is told to the listener as {@code
   *     UNAVAILABLE}, and the watch goes on
   * @param pause between two looks, more than zero; half a second at most, so that with the look a
   *     change is told within a second
   * @param listener as for {@link KeyTransport#watch}
   * @return the watch, which the caller closes
   * @throws IllegalArgumentException if the pause is out of bounds
   */
  static KeyWatch polling(
      Supplier<List<KeyDescriptor>> look, Duration pause, KeyWatchListener listener) {
    return PollingKeyWatch.start(look, pause, listener);
  }

  /**
   * Ends the watch.
   *
   * <p><b>KEY-8.</b> No call of the listener begins afterwards. One that is under way is not waited
   * for, so that any thread may close the watch, whatever locks it holds, and the listener itself
   * too. A repeat does nothing. The server closes its watches before it closes the transport.
   */
  @Override
  void close();
}
