package dev.keysmith.okta.http;

import dev.keysmith.spi.PluginException;
import java.time.Duration;

/** How this server proves to an org who it is. Thread-safe. */
public interface Credential extends AutoCloseable {

  /**
   * The value of the {@code Authorization} header.
   *
   * @param patience how long to wait for another thread that is fetching it
   * @throws PluginException if it has to be fetched and that fails
   */
  String authorization(Duration patience);

  /**
   * Told that the org has refused a value.
   *
   * @return whether {@link #authorization} will give another one, worth one more attempt
   */
  boolean refused(String authorization);

  /** What to look at if the org refuses it, for people. */
  String remedy();

  /** Erases it from memory. */
  @Override
  void close();
}
