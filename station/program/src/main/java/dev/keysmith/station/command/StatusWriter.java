package dev.keysmith.station.command;

import dev.keysmith.station.connection.Links;
import dev.keysmith.station.desk.Desk;
import dev.keysmith.station.home.ConfigurationException;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.StatusFile;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Says every few seconds, and soon after a change, how the running program fares. */
final class StatusWriter implements Runnable {

  private static final Logger LOG = System.getLogger(StatusWriter.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Home home;
  private final Desk desk;
  private final Links links;
  private final Clock clock;
  private StatusFile last = new StatusFile(0, Instant.EPOCH, 0, "", List.of());
  private boolean complained;

  StatusWriter(Home home, Desk desk, Links links, Clock clock) {
    this.home = home;
    this.desk = desk;
    this.links = links;
    this.clock = clock;
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    StatusFile status = status(now);
    boolean due = Duration.between(last.written(), now).abs().compareTo(PAUSE) >= 0;
    if (due || !status.equals(last.at(now))) {
      last = status;
      save(status);
    }
  }

  private StatusFile status(Instant now) {
    return new StatusFile(
        ProcessHandle.current().pid(),
        now,
        desk.keys().transports().stream().mapToInt(transport -> transport.keys().size()).sum(),
        links.problem(),
        links.live().stream()
            .map(link -> new StatusFile.LinkStatus(link.node(), link.server(), link.begun()))
            .toList());
  }

  /** A full disk must not end the timer. */
  private void save(StatusFile status) {
    try {
      status.save(home);
      complained = false;
    } catch (ConfigurationException e) {
      if (!complained) {
        LOG.log(Level.WARNING, e.getMessage());
      }
      complained = true;
    }
  }
}
