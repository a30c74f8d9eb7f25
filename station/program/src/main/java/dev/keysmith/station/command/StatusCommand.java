package dev.keysmith.station.command;

import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Pairing;
import dev.keysmith.station.home.StatusFile;
import dev.keysmith.station.platform.Sources;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Says with which server this station is paired, whether it runs, and its links.")
final class StatusCommand implements Callable<Integer> {

  private final Sources sources;

  @Mixin private HomeOption homeOption;
  @Spec private CommandSpec spec;

  StatusCommand(Sources sources) {
    this.sources = sources;
  }

  @Override
  public Integer call() {
    Home home = homeOption.home();
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Paired: %s%n", Pairing.load(home));
    Optional<StatusFile> running = StatusFile.load(home, sources.clock().instant());
    if (running.isEmpty()) {
      out.println("Not running. Start it with \"keysmith-station run\" or its service.");
      return ExitCodes.NOT_RUNNING;
    }
    StatusFile status = running.get();
    out.printf("Running: process %d%n", status.pid());
    out.printf("Security keys: %d%n", status.keys());
    for (StatusFile.LinkStatus link : status.links()) {
      out.printf(
          "Link: server %s (version %s), since %s%n", link.node(), link.server(), link.since());
    }
    if (status.links().isEmpty()) {
      out.printf("No link. %s%n", status.problem());
    }
    return status.links().isEmpty() ? ExitCodes.FAILED : ExitCodes.OK;
  }
}
