package dev.keysmith.station.home;

/** This station belongs to no server yet. */
public final class NotPairedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotPairedException(Home home) {
    super(
        "This station is not paired (%s). In the panel open Stations, choose Add station, and run the line that it shows."
            .formatted(home.directory()));
  }
}
