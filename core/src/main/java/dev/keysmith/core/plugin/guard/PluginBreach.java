package dev.keysmith.core.plugin.guard;

import dev.keysmith.spi.PluginException;

/**
 * The cause of a {@link PluginException} that says how a plugin broke its contract: it is no
 * outcome of the call that a plugin may report, and the same call will do so again.
 */
public final class PluginBreach extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PluginBreach(String what) {
    super(what);
  }

  /** Whether it is what broke the call. */
  public static boolean isCauseOf(PluginException failure) {
    return failure.getCause() instanceof PluginBreach;
  }
}
