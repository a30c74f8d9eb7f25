package dev.keysmith.core.station;

import dev.keysmith.core.access.AttemptSources;
import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.key.Audience;
import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.server.ServerNodes;
import dev.keysmith.core.server.ServerStarted;
import dev.keysmith.core.server.ServerStopping;
import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.LinkVersion;
import dev.keysmith.station.link.Proofs;
import dev.keysmith.station.link.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stations that are connected to this server. Each station connects to each of the servers that
 * share the database, so that none has to pass anything on to another one.
 */
@ApplicationScoped
public class StationLinks {

  /** Connections that have not proven themselves yet, which any stranger can make. */
  private static final int MOST_UNPROVEN = 500;

  private static final int MOST_UNPROVEN_OF_AN_ADDRESS = 20;

  @Inject StationIdentities identities;
  @Inject ServerNodes nodes;
  @Inject Configuration configuration;
  @Inject SecureRandom random;

  private final Set<StationLink> unproven = ConcurrentHashMap.newKeySet();
  private final Map<Long, StationLink> links = new ConcurrentHashMap<>();

  /**
   * A new connection, which must prove which station it is.
   *
   * @param origin of this server, as the station reaches it, see {@link Proofs#origin}
   * @param address where it comes from
   */
  public StationLink connect(LinkSocket socket, String origin, String address) {
    byte[] nonce = new byte[Proofs.NONCE_LENGTH];
    random.nextBytes(nonce);
    StationLink link =
        new StationLink(this, socket, new StationLink.Greeting(origin, address, nonce));
    if (isCrowded(link)) {
      link.refuse(Refusal.BUSY, "Too many stations connect at once. Try again later.");
      return link;
    }
    unproven.add(link);
    String node = configuration.node();
    link.send(new Frame.Welcome(LinkVersion.CURRENT, version(), node, nodes.present(), nonce));
    return link;
  }

  private boolean isCrowded(StationLink link) {
    String source = AttemptSources.of(link.greeting().address());
    return unproven.size() >= MOST_UNPROVEN
        || unproven.stream()
                .filter(each -> AttemptSources.of(each.greeting().address()).equals(source))
                .count()
            >= MOST_UNPROVEN_OF_AN_ADDRESS;
  }

  private static String version() {
    String version = StationLinks.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  Optional<StationIdentity> prove(StationLink link, Frame.Proof proof) {
    StationLink.Greeting greeting = link.greeting();
    return NamedCaller.SERVER.call(
        () -> identities.prove(proof, greeting.origin(), greeting.nonce(), greeting.address()));
  }

  /** A newer connection of the same station takes over. */
  void entered(StationLink link, StationIdentity identity) {
    unproven.remove(link);
    StationLink before = links.put(identity.id(), link);
    if (before != null) {
      before.refuse(Refusal.REPLACED, "The station has connected anew.");
    }
  }

  void left(StationLink link) {
    unproven.remove(link);
    links.remove(link.id(), link);
  }

  /** The connections, in the order of the stations' numbers. */
  List<StationLink> connected() {
    return links.values().stream().sorted(Comparator.comparingLong(StationLink::id)).toList();
  }

  Optional<StationLink> of(long station) {
    return Optional.ofNullable(links.get(station));
  }

  /** The connected stations that serve owners, in the order of their numbers. */
  public List<Kiosk> kiosks() {
    return connected().stream()
        .flatMap(link -> link.identity().stream())
        .filter(station -> station.serves().includes(Audience.OWNERS))
        .map(station -> new Kiosk(station.id(), station.name(), station.site()))
        .toList();
  }

  /** Whether a station is connected to this server. */
  public boolean isConnected(long station) {
    return links.containsKey(station);
  }

  /** How many keys are plugged in at a station that is connected to this server. */
  public int keysAt(long station) {
    return of(station).map(link -> link.keys().size()).orElse(0);
  }

  /** Why transports of a connected station cannot list their keys, by their names. */
  public Map<String, String> problemsAt(long station) {
    return of(station).map(StationLink::problems).orElse(Map.of());
  }

  /** Another name or other terms of a station. */
  void refresh(StationIdentity now) {
    of(now.id()).ifPresent(link -> link.refresh(now));
  }

  /** A station may not be connected any more. */
  void revoked(long station) {
    of(station)
        .ifPresent(
            link -> link.refuse(Refusal.NOT_PAIRED, "The pairing of this station was revoked."));
  }

  /**
   * Ends connections on which nothing was heard for long, and those of stations that may not be
   * connected any more, whichever server has been told.
   */
  void check() {
    Set<StationLink> all = new HashSet<>(unproven);
    all.addAll(links.values());
    all.stream().filter(StationLink::isSilent).forEach(StationLink::end);
    links.values().forEach(StationLink::ping);
    Set<Long> stations = Set.copyOf(links.keySet());
    Map<Long, StationIdentity> usable = identities.usable(stations);
    usable.values().forEach(this::refresh);
    stations.stream().filter(station -> !usable.containsKey(station)).forEach(this::revoked);
  }

  void start(@Observes ServerStarted started) {
    nodes.eachTime(this::check);
  }

  void stop(@Observes ServerStopping stopping) {
    unproven.forEach(StationLink::end);
    links.values().forEach(StationLink::end);
  }
}
