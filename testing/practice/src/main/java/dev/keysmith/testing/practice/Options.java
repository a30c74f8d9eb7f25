package dev.keysmith.testing.practice;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What practice mode is started with.
 *
 * @param server directory with {@code payara-micro.jar}, {@code keysmith.war} and {@code plugins}
 * @param commands the server's pre-boot commands
 * @param data directory that keeps everything from one start to the next
 * @param port of Keysmith
 * @param orgPort of the practice org
 * @param benchPort of the bench with the virtual keys
 * @param users how many people the practice org has
 * @param code that pairs the station; empty if practice mode issues one by itself
 */
record Options(
    Path server,
    Path commands,
    Path data,
    int port,
    int orgPort,
    int benchPort,
    int users,
    String code) {

  private static final Set<String> KNOWN =
      Set.of("server", "commands", "data", "port", "org-port", "bench-port", "users", "code");
  private static final int HIGHEST_PORT = 65_535;
  private static final int MOST_USERS = 1_000_000;

  /**
   * Reads {@code --name value} pairs.
   *
   * @throws IllegalArgumentException with what is wrong, for people
   */
  static Options parse(String... arguments) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (!KNOWN.contains(name) || i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            arguments[i]
                + " is not an option with a value. There are: --"
                + String.join(" --", KNOWN));
      }
      values.put(name, arguments[i + 1]);
    }
    return new Options(
        path(values, "server", "server"),
        path(values, "commands", "pre-boot.txt"),
        path(values, "data", ".practice"),
        number(values, "port", 8080, HIGHEST_PORT),
        number(values, "org-port", 8090, HIGHEST_PORT),
        number(values, "bench-port", 7870, HIGHEST_PORT),
        number(values, "users", 25, MOST_USERS),
        values.getOrDefault("code", ""));
  }

  private static Path path(Map<String, String> values, String name, String otherwise) {
    return Path.of(values.getOrDefault(name, otherwise)).toAbsolutePath().normalize();
  }

  private static int number(Map<String, String> values, String name, int otherwise, int highest) {
    try {
      return Optional.ofNullable(values.get(name))
          .map(Integer::valueOf)
          .filter(number -> number >= 1 && number <= highest)
          .orElseGet(
              () -> {
                if (values.containsKey(name)) {
                  throw new NumberFormatException();
                }
                return otherwise;
              });
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--" + name + " takes a number from 1 to " + highest, e);
    }
  }
}
