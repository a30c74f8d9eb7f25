package dev.keysmith.station.link;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * One key transport of a station.
 *
 * @param name of its plugin, see {@link dev.keysmith.spi.PluginFactory#name()}
 * @param problem why it cannot list its keys
 * @param keys that are plugged in; empty if there is a problem
 */
public record TransportState(String name, Optional<Problem> problem, List<KeyDescriptor> keys) {

  /** The longest name of a plugin, in characters. */
  public static final int LONGEST_NAME = 32;

  /**
   * Why a transport cannot list its keys.
   *
   * @param message in the words of the plugin
   */
  public record Problem(PluginException.Reason reason, String message) {}

  /** Copies the list. */
  public TransportState {
    keys = List.copyOf(keys);
  }
}
