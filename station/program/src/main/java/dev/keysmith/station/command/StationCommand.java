package dev.keysmith.station.command;

import dev.keysmith.station.doctor.Machine;
import dev.keysmith.station.home.ConfigurationException;
import dev.keysmith.station.home.NotPairedException;
import dev.keysmith.station.platform.Sources;
import dev.keysmith.station.server.PairingRefusedException;
import dev.keysmith.station.server.UnreachableException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "keysmith-station",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    description = "Brings the security keys at this desk to a Keysmith server.",
    footer = {
      "",
      "Exit codes: 0 done; 1 failed; 2 wrong command line; 3 not paired;",
      "4 the server refused; 5 a file or setting of the station is wrong;",
      "6 not running."
    })
public final class StationCommand {

  private StationCommand() {}

  /** Runs a command and returns its exit code. */
  public static int execute(String... arguments) {
    return commandLine(Sources.ofTheSystem(), Machine.real()).execute(arguments);
  }

  static CommandLine commandLine(Sources sources, Machine machine) {
    LineFormatter.install();
    CommandLine line = new CommandLine(new StationCommand());
    line.addSubcommand(new PairCommand());
    line.addSubcommand(new RunCommand(sources));
    line.addSubcommand(new ListCommand(sources));
    line.addSubcommand(new StatusCommand(sources));
    line.addSubcommand(new DoctorCommand(sources, machine));
    line.addSubcommand(new VersionCommand());
    line.setExecutionExceptionHandler(
        (thrown, failed, result) -> {
          failed.getErr().println(words(thrown));
          return exitCode(thrown);
        });
    return line;
  }

  /** An unknown fault is the program's own; its place helps to find it. */
  private static String words(Exception thrown) {
    if (exitCode(thrown) != ExitCodes.FAILED || thrown instanceof UnreachableException) {
      return thrown.getMessage();
    }
    StackTraceElement[] places = thrown.getStackTrace();
    return "The program failed: %s%s. Please report it."
        .formatted(thrown, places.length == 0 ? "" : " at " + places[0]);
  }

  private static int exitCode(Exception thrown) {
    if (thrown instanceof NotPairedException) {
      return ExitCodes.NOT_PAIRED;
    } else if (thrown instanceof PairingRefusedException) {
      return ExitCodes.REFUSED;
    }
    return thrown instanceof ConfigurationException ? ExitCodes.CONFIGURATION : ExitCodes.FAILED;
  }
}
