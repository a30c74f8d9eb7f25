package dev.keysmith.core.plugin.guard;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a plugin must not do: throw anything but a {@link PluginException}, or return null.
 *
 * @param what for people: the type of what it threw
 * @param trace where it came from, for its maker. Messages are left out: they obey no rule, so they
 *     may hold a secret
 */
record Misbehaviour(String what, String trace) {

  private static final int MOST_FRAMES = 12;
  private static final int MOST_CAUSES = 5;

  static Misbehaviour ofNull() {
    return new Misbehaviour("null", "");
  }

  /** Called on the thread of the plugin, since an exception of its own may do anything. */
  static Misbehaviour of(Throwable thrown) {
    String type = thrown.getClass().getSimpleName();
    try {
      return new Misbehaviour(type, trace(thrown));
    } catch (Throwable e) {
      return new Misbehaviour(type, "");
    }
  }

  private static String trace(Throwable thrown) {
    List<String> lines = new ArrayList<>();
    int causes = 0;
    for (Throwable each = thrown; each != null && causes++ < MOST_CAUSES; each = each.getCause()) {
      lines.add(each.getClass().getName());
      StackTraceElement[] frames = each.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
        lines.add("    at " + frames[i]);
      }
    }
    return String.join(System.lineSeparator(), lines);
  }

  /**
   * Whether this may come out of a plugin. A {@link ProblemException} is the server's own: it comes
   * from what the server lends to the plugin, and passes through it.
   */
  static boolean isRightful(RuntimeException thrown) {
    return thrown instanceof PluginException
        || thrown instanceof ProblemException
        || thrown instanceof PluginLoadException
        || thrown instanceof ListenerFailure;
  }
}
