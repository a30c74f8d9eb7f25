package dev.keysmith.station.link;

import java.time.Duration;

/** The constants on which station and server agree. */
public final class Link {

  /** Path of the WebSocket below the server's address. */
  public static final String PATH = "/station-link";

  /** Path of the call that pairs a station, below the server's address. */
  public static final String PAIRING_PATH = "/api/station-pairing";

  /** The longest frame in bytes; the longest CTAP2 message has 7,609. */
  public static final int MOST_BYTES = 64 * 1024;

  /** The most keys that one station may have plugged in. */
  public static final int MOST_KEYS = 64;

  /** The most key transports of one station. */
  public static final int MOST_TRANSPORTS = 16;

  /** The station sends a WebSocket ping this often. */
  public static final Duration PING = Duration.ofSeconds(10);

  /** A side that has heard nothing for this long gives the connection up. */
  public static final Duration SILENCE = Duration.ofSeconds(35);

  /** The time within which a new connection must be proven. */
  public static final Duration PROOF_TIME = Duration.ofSeconds(10);

  private Link() {}
}
