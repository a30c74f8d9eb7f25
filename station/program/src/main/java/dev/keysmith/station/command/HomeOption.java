package dev.keysmith.station.command;

import dev.keysmith.station.home.Home;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the station's directory. */
final class HomeOption {

  @Option(
      names = "--home",
      paramLabel = "<directory>",
      description =
          "The station's directory. Without it: $"
              + Home.VARIABLE
              + ", else /var/lib/keysmith-station if this account may write there, else"
              + " ~/.config/keysmith-station.")
  private @Nullable Path directory;

  Home home() {
    return Home.of(directory);
  }
}
