package dev.keysmith.station.command;

import dev.keysmith.station.connection.Links;
import dev.keysmith.station.desk.Desk;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Pairing;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.platform.Program;
import dev.keysmith.station.platform.Sources;
import dev.keysmith.station.plugin.Transports;
import dev.keysmith.station.server.ServerClient;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Keeps this station linked with its server, until it is stopped. Logs to stderr.")
final class RunCommand implements Callable<Integer> {

  private static final Logger LOG = System.getLogger(RunCommand.class.getName());

  /** Short, so that a machine that wakes up is soon linked again. */
  private static final Duration BEAT = Duration.ofSeconds(2);

  private final Sources sources;

  @Mixin private HomeOption homeOption;

  RunCommand(Sources sources) {
    this.sources = sources;
  }

  @Override
  public Integer call() throws InterruptedException {
    Home home = homeOption.home();
    Pairing pairing = Pairing.load(home);
    Settings settings = Settings.load(home);
    RunLock lock = RunLock.take(home);
    try (lock;
        Desk desk = new Desk(Transports.load(home, settings, sources))) {
      ServerClient client = new ServerClient(home, settings);
      Links links =
          new Links(pairing, desk, listener -> client.connect(pairing.server(), listener), sources);
      LOG.log(Level.INFO, "keysmith-station {0} is {1}.", Program.version(), pairing);
      run(home, desk, links);
    }
    return ExitCodes.OK;
  }

  private void run(Home home, Desk desk, Links links) throws InterruptedException {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(RunCommand::daemon);
    StatusWriter status = new StatusWriter(home, desk, links, sources.clock());
    Thread farewell =
        new Thread(
            () -> {
              timer.shutdown();
              links.close();
              desk.close();
            });
    Runtime.getRuntime().addShutdownHook(farewell);
    timer.scheduleWithFixedDelay(links::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(status, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    links.run();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "keysmith-timer");
    thread.setDaemon(true);
    return thread;
  }
}
