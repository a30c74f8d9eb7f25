package dev.keysmith.station.command;

import dev.keysmith.station.desk.KeyList;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.link.TransportState;
import dev.keysmith.station.platform.Sources;
import dev.keysmith.station.plugin.Transports;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the security keys that are plugged in here. Needs no server.")
final class ListCommand implements Callable<Integer> {

  private final Sources sources;

  @Mixin private HomeOption homeOption;
  @Spec private CommandSpec spec;

  ListCommand(Sources sources) {
    this.sources = sources;
  }

  @Override
  public Integer call() throws InterruptedException {
    Home home = homeOption.home();
    List<TransportState> states = KeyList.of(Transports.load(home, Settings.load(home), sources));
    PrintWriter out = spec.commandLine().getOut();
    for (TransportState state : states) {
      state.keys().forEach(key -> out.println(KeyList.line(state.name(), key)));
      state.problem().ifPresent(problem -> out.printf("%s: %s%n", state.name(), problem.message()));
    }
    if (states.stream().allMatch(state -> state.keys().isEmpty())) {
      out.println("No security key is seen. \"keysmith-station doctor\" finds out why.");
    }
    boolean works = states.stream().anyMatch(state -> state.problem().isEmpty());
    return works ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
