package dev.keysmith.core.station;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Frames;
import dev.keysmith.station.link.Link;
import dev.keysmith.station.link.LinkException;
import dev.keysmith.station.link.LinkVersion;
import dev.keysmith.station.link.Refusal;
import dev.keysmith.station.link.TransportState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a station to this server. What the station sends is foreign: it is bounded, and
 * what breaks the protocol ends this connection and nothing else.
 *
 * <p>One thread at a time calls {@link #receive}; all else is thread-safe.
 */
public final class StationLink {

  private static final Logger LOG = System.getLogger(StationLink.class.getName());

  /** Each key sends four signs of life a second at most, besides its answers. */
  private static final int MOST_FRAMES_A_SECOND = 16 * Link.MOST_KEYS;

  private static final long SECOND = 1_000_000_000L;

  private final StationLinks links;
  private final LinkSocket socket;
  private final Greeting greeting;
  private final AtomicInteger lastChannel = new AtomicInteger();
  private final Map<Integer, LinkChannel> channels = new ConcurrentHashMap<>();
  private final long begun = System.nanoTime();
  private volatile long heard = begun;
  private volatile @Nullable StationIdentity identity;
  private volatile Map<String, RemoteKey> keys = Map.of();
  private volatile List<TransportState> transports = List.of();
  private volatile boolean ended;
  private long second = begun;
  private int framesInSecond;

  /**
   * How a connection began.
   *
   * @param origin of this server, as the station reaches it
   * @param address where the station connects from
   * @param nonce that it must sign
   */
  record Greeting(String origin, String address, byte[] nonce) {}

  /**
   * A key at the station.
   *
   * @param transport the station's plugin that sees it
   * @param id there
   * @param descriptor as this server shows it
   */
  record RemoteKey(String transport, String id, KeyDescriptor descriptor) {}

  StationLink(StationLinks links, LinkSocket socket, Greeting greeting) {
    this.links = links;
    this.socket = socket;
    this.greeting = greeting;
  }

  Greeting greeting() {
    return greeting;
  }

  /** Takes a WebSocket message. */
  public void receive(byte[] message) {
    heard();
    if (ended) {
      return;
    }
    try {
      requireNoFlood();
      Frames.decode(message).ifPresent(this::handle);
    } catch (LinkException e) {
      refuse(Refusal.PROTOCOL, String.valueOf(e.getMessage()));
    }
  }

  private void requireNoFlood() {
    if (heard - second > SECOND) {
      second = heard;
      framesInSecond = 0;
    }
    if (++framesInSecond > MOST_FRAMES_A_SECOND) {
      refuse(Refusal.PROTOCOL, "The station sends more frames than its keys can have caused.");
    }
  }

  private void handle(Frame frame) {
    if (ended) {
      return;
    }
    if (identity == null) {
      if (frame instanceof Frame.Proof proof) {
        prove(proof);
      } else {
        refuse(Refusal.PROTOCOL, "The station must prove itself first.");
      }
    } else if (frame instanceof Frame.Keys present) {
      present(present.transports());
    } else if (frame instanceof Frame.Opened opened) {
      deliver(opened.channel(), frame);
    } else if (frame instanceof Frame.Answer answer) {
      deliver(answer.channel(), frame);
    } else if (frame instanceof Frame.Failed failed) {
      deliver(failed.channel(), frame);
    } else if (frame instanceof Frame.KeepAlive alive) {
      deliver(alive.channel(), frame);
    } else {
      refuse(Refusal.PROTOCOL, "The station sent a frame that only a server sends.");
    }
  }

  private void prove(Frame.Proof proof) {
    if (!LinkVersion.CURRENT.worksWith(proof.version())) {
      boolean older = proof.version().compareTo(LinkVersion.CURRENT) < 0;
      refuse(
          Refusal.VERSION,
          "The station speaks version %s of the protocol and this server %s. Update the %s."
              .formatted(
                  proof.version(), LinkVersion.CURRENT, older ? "station's program" : "server"));
      return;
    }
    Optional<StationIdentity> proven = links.prove(this, proof);
    if (proven.isEmpty()) {
      refuse(
          Refusal.NOT_PAIRED,
          "This server does not know the station, or its pairing was revoked. Pair it again.");
      return;
    }
    identity = proven.get();
    links.entered(this, proven.get());
    send(new Frame.Accepted(proven.get().name()));
  }

  /** A frame for a channel that this side has closed meanwhile is late, and dropped. */
  private void deliver(int number, Frame frame) {
    LinkChannel channel = channels.get(number);
    if (channel != null && !channel.deliver(frame)) {
      refuse(Refusal.PROTOCOL, "The station sends more answers than it was asked for.");
    }
  }

  private void present(List<TransportState> states) {
    Map<String, RemoteKey> present = new LinkedHashMap<>();
    for (TransportState state : states) {
      for (KeyDescriptor key : state.keys()) {
        String id = RemoteKeyId.of(id(), state.name(), key.id());
        present.put(id, new RemoteKey(state.name(), key.id(), described(id, key)));
      }
    }
    keys = present;
    transports = states;
  }

  private KeyDescriptor described(String id, KeyDescriptor key) {
    return new KeyDescriptor(
        id, key.product(), name() + " · " + key.location(), key.serialNumber());
  }

  /** Counts what the WebSocket itself has received, a pong for instance, as a sign of life. */
  public void heard() {
    heard = System.nanoTime();
  }

  /** Asks the station for a sign of life: its own pings are answered unseen. */
  void ping() {
    if (!ended) {
      socket.ping().run();
    }
  }

  boolean isSilent() {
    return System.nanoTime() - heard > Link.SILENCE.toNanos()
        || identity == null && System.nanoTime() - begun > Link.PROOF_TIME.toNanos();
  }

  /** Tells the station why, then ends the connection. */
  void refuse(Refusal refusal, String message) {
    LOG.log(
        Level.INFO,
        "The connection of station {0} from {1} is refused: {2}",
        identity == null ? "?" : name(),
        greeting.address(),
        message);
    send(new Frame.Refused(refusal, message));
    end();
  }

  /**
   * Ends the connection; all its keys are gone. To be called when the WebSocket has closed, too.
   */
  public void end() {
    ended = true;
    keys = Map.of();
    links.left(this);
    channels.values().forEach(LinkChannel::cut);
    channels.clear();
    socket.close();
  }

  /** Nothing is sent on a connection that has ended. */
  void send(Frame frame) {
    if (!ended) {
      socket.send(Frames.encode(frame));
    }
  }

  /** The station's number; 0 until it has proven itself. */
  long id() {
    StationIdentity known = identity;
    return known == null ? 0 : known.id();
  }

  String name() {
    StationIdentity known = identity;
    return known == null ? "" : known.name();
  }

  Optional<StationIdentity> identity() {
    return Optional.ofNullable(identity);
  }

  /** What the database says of the station now. */
  void refresh(StationIdentity now) {
    boolean renamed = !now.name().equals(name());
    identity = now;
    if (renamed) {
      present(transports);
    }
  }

  /** The keys plugged in there. */
  List<KeyDescriptor> keys() {
    return keys.values().stream().map(RemoteKey::descriptor).toList();
  }

  /** Why transports of the station cannot list their keys, by their names. */
  Map<String, String> problems() {
    Map<String, String> problems = new LinkedHashMap<>();
    for (TransportState state : transports) {
      state.problem().ifPresent(problem -> problems.put(state.name(), problem.message()));
    }
    return problems;
  }

  /**
   * Opens a key.
   *
   * @throws PluginException as {@link dev.keysmith.spi.key.KeyTransport#open}
   */
  KeyConnection open(String id) {
    RemoteKey key = keys.get(id);
    if (key == null) {
      throw RemoteKeyId.absent();
    }
    return RemoteConnection.open(this, key);
  }

  LinkChannel newChannel() {
    if (channels.size() >= Link.MOST_KEYS) {
      throw new PluginException(
          Reason.KEY_BUSY, "Too many keys are in use at this station. Try again later.");
    }
    LinkChannel channel = new LinkChannel(lastChannel.incrementAndGet());
    channels.put(channel.number(), channel);
    if (ended) {
      channel.cut();
    }
    return channel;
  }

  /** Whether the channel was open. */
  boolean forget(LinkChannel channel) {
    return channels.remove(channel.number(), channel);
  }
}
