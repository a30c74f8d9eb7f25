package dev.keysmith.station.command;

import dev.keysmith.station.desk.KeyList;
import dev.keysmith.station.doctor.Doctor;
import dev.keysmith.station.doctor.Finding;
import dev.keysmith.station.doctor.Machine;
import dev.keysmith.station.doctor.UdevRules;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.platform.Sources;
import dev.keysmith.station.plugin.LoadedTransport;
import dev.keysmith.station.plugin.Transports;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Finds out why no key is seen, or no server is reached, and says the remedy.")
final class DoctorCommand implements Callable<Integer> {

  private final Sources sources;
  private final Machine machine;

  @Mixin private HomeOption homeOption;
  @Spec private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "<server>",
      description = "Checks this server, for instance before the pairing.")
  private @Nullable String server;

  @Option(names = "--udev-rules", description = "Prints the udev rules for USB keys, and no more.")
  private boolean rules;

  DoctorCommand(Sources sources, Machine machine) {
    this.sources = sources;
    this.machine = machine;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (rules) {
      out.print(UdevRules.text());
      out.flush();
      return ExitCodes.OK;
    }
    AtomicBoolean bad = new AtomicBoolean();
    Home home = homeOption.home();
    Settings settings = Settings.load(home);
    Doctor doctor =
        new Doctor(
            home,
            machine,
            sources,
            finding -> {
              bad.compareAndSet(false, finding.verdict() == Finding.Verdict.PROBLEM);
              out.printf(
                  "%-8s %s: %s%n",
                  finding.verdict().name().toLowerCase(Locale.ROOT),
                  finding.subject(),
                  finding.words());
              out.flush();
            });
    doctor.checkServer(settings, Optional.ofNullable(server));
    List<LoadedTransport> transports = Transports.load(home, settings, sources);
    doctor.checkKeys(transports, KeyList.of(transports));
    return bad.get() ? ExitCodes.FAILED : ExitCodes.OK;
  }
}
