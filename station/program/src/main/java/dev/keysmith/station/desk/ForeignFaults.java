package dev.keysmith.station.desk;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;

/** What a plugin throws, as the one exception that it may throw. */
public final class ForeignFaults {

  private ForeignFaults() {}

  /** The exception itself, or one that says that the plugin broke its contract. */
  public static PluginException toException(Throwable thrown) {
    return thrown instanceof PluginException known
        ? known
        : new PluginException(
            Reason.UNAVAILABLE,
            "The plugin failed in a way that it must not (%s). Report it to its maker."
                .formatted(thrown.getClass().getSimpleName()),
            thrown);
  }
}
