package dev.keysmith.core.key;

import java.time.Duration;

/** A process of its own whose key transport ends it, as a plugin can on Java 17. */
final class ExitingPlugin {

  static final int CODE = 77;

  private ExitingPlugin() {}

  /** Looks at the ports; the server closes them when the process ends. */
  public static void main(String... arguments) {
    Station station =
        Stations.within(
            Duration.ofDays(1),
            Stations.factory(
                "exits",
                () -> {
                  System.exit(CODE);
                  return new ToldTransport();
                }));
    Runtime.getRuntime().addShutdownHook(new Thread(station::close));
    station.look();
  }
}
