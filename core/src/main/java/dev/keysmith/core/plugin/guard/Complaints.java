package dev.keysmith.core.plugin.guard;

/** What is said of plugins that break their contract; each names the plugin. */
final class Complaints {

  private Complaints() {}

  static String broken(String plugin, String call, String what) {
    return "The plugin \"%s\" failed in a way that it must not (%s: %s). Report it to its maker."
        .formatted(plugin, call, what);
  }

  static String hangs(String plugin, String call) {
    return "The plugin \"%s\" does not answer (%s). Try again later; report it to its maker."
        .formatted(plugin, call);
  }

  static String tooManyHang(String plugin) {
    return "The plugin \"%s\" is not asked, because too many of its calls hang.".formatted(plugin)
        + " Restart the server if they do not come back; report it to its maker.";
  }

  static String noThread(String plugin) {
    return "The server has no thread left for the plugin \"%s\". Try again later."
        .formatted(plugin);
  }

  static String interrupted(String plugin) {
    return "The server has stopped waiting for the plugin \"%s\". Try again.".formatted(plugin);
  }
}
