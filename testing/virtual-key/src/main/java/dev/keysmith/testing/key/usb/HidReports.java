package dev.keysmith.testing.key.usb;

import dev.keysmith.spi.PluginException;
import java.time.Duration;
import java.util.Optional;

/** The reports of a HID interface, from its being plugged in until it is pulled out. */
public interface HidReports extends AutoCloseable {

  /**
   * Takes a report from the host. Does not wait.
   *
   * @throws PluginException {@code KEY_ABSENT} if it has lost its power by itself
   */
  void write(byte[] report);

  /**
   * Waits for a report to the host.
   *
   * @return empty if none came in time; a report without bytes is a packet of length zero
   * @throws PluginException {@code KEY_ABSENT} if it has lost its power by itself, which pulls out
   *     the whole device
   */
  Optional<byte[]> read(Duration timeout);

  /** Whether it has not lost its power. */
  boolean alive();

  /** Forgets what the host was about, as at a reset of the bus. */
  void reset();

  /** Takes the power away. */
  @Override
  void close();
}
