package dev.keysmith.core.plugin.guard;

/** Ends a plugin's call because what the server listens with has failed; no fault of the plugin. */
final class ListenerFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ListenerFailure() {
    super("The server's listener failed");
  }
}
