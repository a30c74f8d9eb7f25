package dev.keysmith.station.doctor;

import dev.keysmith.station.home.ConfigurationException;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.NotPairedException;
import dev.keysmith.station.home.Pairing;
import dev.keysmith.station.home.ServerAddress;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.home.StatusFile;
import dev.keysmith.station.link.TransportState;
import dev.keysmith.station.platform.Sources;
import dev.keysmith.station.plugin.LoadedTransport;
import dev.keysmith.station.server.ServerClient;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** All checks, in the order in which one needs the other. */
public final class Doctor {

  private final Home home;
  private final Machine machine;
  private final Sources sources;
  private final Consumer<Finding> out;

  /** Tells findings as they come. */
  public Doctor(Home home, Machine machine, Sources sources, Consumer<Finding> out) {
    this.home = home;
    this.machine = machine;
    this.sources = sources;
    this.out = out;
  }

  /**
   * Checks the directory, the pairing and the server.
   *
   * @param named a server; without one it is that of the pairing
   */
  public void checkServer(Settings settings, Optional<String> named) throws InterruptedException {
    out.accept(
        Files.isDirectory(home.directory())
            ? Finding.ok("directory", home.directory().toString())
            : Finding.warning(
                "directory", home.directory() + " is not there yet; the pairing makes it."));
    Optional<ServerAddress> paired = pairing();
    try {
      Optional<ServerAddress> server = named.map(ServerAddress::parse).or(() -> paired);
      if (server.isPresent()) {
        ServerClient client = new ServerClient(home, settings);
        new ServerCheck(client, server.get(), sources, out).run(home, settings);
      }
    } catch (ConfigurationException e) {
      out.accept(Finding.problem("settings", e.getMessage()));
    }
  }

  private Optional<ServerAddress> pairing() {
    try {
      Pairing pairing = Pairing.load(home);
      out.accept(Finding.ok("pairing", pairing.toString()));
      boolean runs = StatusFile.load(home, sources.clock().instant()).isPresent();
      out.accept(
          runs
              ? Finding.ok("program", "keysmith-station runs.")
              : Finding.warning(
                  "program",
                  "keysmith-station does not run. Start it: systemctl start keysmith-station, or"
                      + " keysmith-station run."));
      return Optional.of(pairing.server());
    } catch (NotPairedException e) {
      out.accept(Finding.warning("pairing", e.getMessage()));
    } catch (ConfigurationException e) {
      out.accept(Finding.problem("pairing", e.getMessage()));
    }
    return Optional.empty();
  }

  /** Checks what stands between this program and the keys, and looks for keys. */
  public void checkKeys(List<LoadedTransport> transports, List<TransportState> states) {
    if (has(transports, "usb")) {
      new UsbCheck(machine, out).run();
    }
    if (has(transports, "pcsc")) {
      new CardReaderCheck(machine, out).run();
    }
    new KeysCheck(out).run(states);
  }

  private static boolean has(List<LoadedTransport> transports, String name) {
    return transports.stream().anyMatch(transport -> transport.name().equals(name));
  }
}
