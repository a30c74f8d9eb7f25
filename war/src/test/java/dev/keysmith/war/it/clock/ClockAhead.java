package dev.keysmith.war.it.clock;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** In place of the server's clock: the system's, ahead by what a file says. */
@ApplicationScoped
@Alternative
@Priority(1)
public class ClockAhead {

  /** The property that names the file. */
  public static final String FILE = "keysmith.it.ahead";

  /** Ticks in microseconds, as databases do. */
  @Produces
  public Clock clock() {
    return Clock.tick(new Ahead(Path.of(System.getProperty(FILE))), Duration.ofNanos(1_000));
  }

  private static final class Ahead extends Clock {

    private final Path file;

    Ahead(Path file) {
      this.file = file;
    }

    @Override
    public Instant instant() {
      try {
        return Instant.now().plus(Duration.parse(Files.readString(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("Not needed here");
    }
  }
}
