package dev.keysmith.station.command;

import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Pairing;
import dev.keysmith.station.home.ServerAddress;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.home.StationKey;
import dev.keysmith.station.server.PairingCall;
import dev.keysmith.station.server.ServerClient;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "pair",
    mixinStandardHelpOptions = true,
    description = "Pairs this station with a server. The panel shows the line to type.")
final class PairCommand implements Callable<Integer> {

  @Mixin private HomeOption homeOption;
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "<server>",
      description = "The server's address, such as https://keys.example.com.")
  private String server;

  @Parameters(
      index = "1",
      paramLabel = "<code>",
      description = "The code that the panel shows at Stations, Add station.")
  private String code;

  @Override
  public Integer call() throws InterruptedException {
    ServerAddress address = ServerAddress.parse(server);
    Home home = homeOption.home();
    home.create();
    ServerClient client = new ServerClient(home, Settings.load(home));
    Pairing pairing = new PairingCall(client, address).pair(code, StationKey.generate());
    pairing.save(home);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Paired. This is station %d, \"%s\".%n", pairing.station(), pairing.name());
    out.println(
        "Start it with \"keysmith-station run\", or restart its service if it runs already.");
    return ExitCodes.OK;
  }
}
