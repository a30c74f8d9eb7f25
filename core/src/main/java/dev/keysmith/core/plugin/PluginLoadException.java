package dev.keysmith.core.plugin;

/** A plugin cannot be used; the message says why. */
final class PluginLoadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PluginLoadException(String message) {
    super(message);
  }
}
