package dev.keysmith.station.link;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import java.time.Duration;
import java.util.List;

/**
 * A message between server and station.
 *
 * <p>The server opens keys on channels, whose numbers it chooses and does not use again on the same
 * connection. Frames about one channel are handled in the order in which they were sent. Arrays are
 * neither copied nor shown by {@code toString}.
 */
public sealed interface Frame {

  /** A frame that the server sends. */
  sealed interface FromServer extends Frame {}

  /** A frame that the station sends. */
  sealed interface FromStation extends Frame {}

  /**
   * The first frame of a connection: asks for a {@link Proof}.
   *
   * @param server version of the server's program, for people
   * @param node name of the server, unique among those that share a database
   * @param nodes all servers that share the database and run, this one included
   * @param nonce 32 random bytes, to be signed
   */
  record Welcome(LinkVersion version, String server, String node, List<String> nodes, byte[] nonce)
      implements FromServer {}

  /**
   * The connection is proven; from now on keys can be opened.
   *
   * @param name of the station, as people call it
   */
  record Accepted(String name) implements FromServer {}

  /**
   * The connection is refused; the server closes it next.
   *
   * @param message for the person at the station, in English
   */
  record Refused(Refusal refusal, String message) implements FromServer {}

  /** Opens a key; answered by {@link Opened}, or by {@link Failed} with serial 0. */
  record Open(int channel, String transport, String key) implements FromServer {}

  /**
   * Sends a CTAP2 request to an open key; answered by {@link Answer} or {@link Failed}. A channel
   * has one at a time.
   *
   * @param serial grows by one with each exchange of a channel, from 1
   * @param timeout for the whole exchange, from its arrival at the station
   */
  record Exchange(int channel, int serial, byte[] request, Duration timeout)
      implements FromServer {}

  /** Ends the exchange under way, if any, which is still answered. */
  record Cancel(int channel) implements FromServer {}

  /** Gives a key back; not answered. */
  record Close(int channel) implements FromServer {}

  /**
   * Proves which station this is.
   *
   * @param station its number, from the pairing
   * @param program version of the station's program, for people
   * @param system its operating system, for people
   * @param signature see {@link Proofs#connection}
   */
  record Proof(long station, LinkVersion version, String program, String system, byte[] signature)
      implements FromStation {}

  /** What is plugged in now; sent after {@link Accepted} and with each change. */
  record Keys(List<TransportState> transports) implements FromStation {}

  /** A key is open. */
  record Opened(int channel) implements FromStation {}

  /** What a key answered. */
  record Answer(int channel, int serial, byte[] response) implements FromStation {}

  /**
   * A request failed. A channel that could not be opened is free.
   *
   * @param serial of the exchange; 0 if the key could not be opened
   * @param message in the words of the plugin, at most 1,000 characters
   */
  record Failed(int channel, int serial, PluginException.Reason reason, String message)
      implements FromStation {}

  /** A key works on a request; sent at most four times a second unless the status changes. */
  record KeepAlive(int channel, int serial, KeepAliveListener.Status status)
      implements FromStation {}
}
