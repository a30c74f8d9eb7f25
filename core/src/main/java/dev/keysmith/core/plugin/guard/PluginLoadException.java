package dev.keysmith.core.plugin.guard;

/** A plugin cannot be used; the message says why. */
public final class PluginLoadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PluginLoadException(String message) {
    super(message);
  }
}
