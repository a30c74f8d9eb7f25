package dev.keysmith.core.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.core.activation.ActivationCodes;
import dev.keysmith.core.activation.ActivationSession;
import dev.keysmith.core.activation.Activations;
import dev.keysmith.core.activation.Redemptions;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.Audience;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.Desk;
import dev.keysmith.core.session.KeyPolicy;
import dev.keysmith.core.session.KeySession;
import dev.keysmith.core.session.KeySessions;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Frames;
import dev.keysmith.station.link.LinkVersion;
import dev.keysmith.station.link.Refusal;
import dev.keysmith.testing.key.VirtualKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StationLinksTest {

  private static final Actor ADMIN = Actor.operator(1, "admin");
  private static final String PIN = "482913";

  @RegisterExtension final Core core = new Core();

  private final FakeStation station = new FakeStation();
  private final VirtualKey key = VirtualKey.builder().build();
  private StationLinks links;
  private Desk desk;

  @BeforeEach
  void setUp() {
    core.restart(StationLinks.class);
    links = core.get(StationLinks.class);
    desk = new Desk(core, "u1", "u2");
  }

  @AfterEach
  void stop() {
    station.stop();
  }

  private FakeStation paired(Serves serves, Long... groups) {
    StationTerms terms = new StationTerms("Reception", "", serves, List.of(groups));
    return paired(station, terms);
  }

  private FakeStation paired(FakeStation which, StationTerms terms) {
    StationPairings pairings = core.get(StationPairings.class);
    String code = new String(pairings.issue(ADMIN, terms).code());
    PairedStation row = pairings.pair(which.request(code), FakeStation.ORIGIN, FakeStation.ADDRESS);
    return which.numbered(row.id());
  }

  private List<PluggedKey> seen(Audience audience) {
    Station ports = core.get(Station.class);
    return ports.shownTo(audience, ports.look()).keys().stream()
        .filter(each -> each.transport().equals(RemoteKeys.NAME))
        .toList();
  }

  private long id() {
    return core.get(Stations.class).list().get(0).id();
  }

  @Test
  void bringTheKeysOfAStation() {
    paired(Serves.OPERATORS).plug(key);
    station.connect(links);

    assertThat(station.received(Frame.Accepted.class)).contains(new Frame.Accepted("Reception"));
    assertThat(seen(Audience.OPERATORS))
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.descriptor().location()).startsWith("Reception · ");
              assertThat(RemoteKeys.stationOf(seen)).hasValue(id());
            });
    assertThat(core.get(Stations.class).find(id()).lastSeen()).contains(core.clock().instant());
  }

  @Test
  void writeAPasskeyOnAKeyAtAStation() throws Exception {
    paired(Serves.OPERATORS).plug(key);
    station.connect(links);
    long passkey = desk.assign("u1");

    KeySession session = desk.session("u1", seen(Audience.OPERATORS).get(0), PIN);

    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(KeySession.State.DONE);
    assertThat(core.get(Passkeys.class).find(passkey).state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(key.credentials()).hasSize(1);
    assertThat(station.openKeys()).as("the key is given back").isZero();
  }

  /** Frames at which the line is cut: before and after each step of an enrolment. */
  static Stream<Class<? extends Frame>> kinds() {
    return Stream.of(
        Frame.Open.class,
        Frame.Opened.class,
        Frame.Exchange.class,
        Frame.Answer.class,
        Frame.KeepAlive.class,
        Frame.Close.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void endAnEnrolmentInOnePasskeyOrNoneWhereverTheLineIsCut(Class<? extends Frame> kind) {
    paired(Serves.OPERATORS).plug(key);
    for (int nth = 1; cutAtNth(kind, nth); nth++) {
      assertThat(nth).as("the enrolment gets to its end at last").isLessThan(60);
    }
  }

  /** Whether the line was cut at that frame; the next attempt continues. */
  private boolean cutAtNth(Class<? extends Frame> kind, int nth) {
    station.connect(links);
    String user = "u1";
    boolean assigned =
        core.get(Passkeys.class).promisedTo(desk.user(user).id()).stream().findAny().isPresent();
    if (!assigned && key.credentials().isEmpty()) {
      desk.assign(user);
    }
    int[] count = {0};
    boolean[] was = {false};
    station.cutAt(
        frame -> {
          was[0] |= kind.isInstance(frame) && ++count[0] == nth;
          return was[0];
        });
    List<PluggedKey> seen = seen(Audience.OPERATORS);
    KeySession session = desk.session(user, seen.get(0), PIN);
    core.deliver();
    station.cutAt(frame -> false);
    boolean done = session.state() == KeySession.State.DONE;
    long active = active("u1");
    assertThat(active).as(Desk.lastWords(session)).isLessThanOrEqualTo(1);
    if (done) {
      assertThat(active).isEqualTo(1);
      assertThat(key.credentials()).hasSize(1);
    }
    return was[0] && !done;
  }

  private long active(String user) {
    return desk.provider().present(user).stream()
        .filter(factor -> factor.status() == Factor.Status.ACTIVE)
        .count();
  }

  @Test
  void refuseAProofOfAnotherStationOrAnOldOne() {
    paired(Serves.OPERATORS);
    FakeStation other = new FakeStation().numbered(id());
    other.connect(links);
    station.connect(links);
    byte[] old = Frames.encode(station.proof(station.received(Frame.Welcome.class).get().nonce()));
    FakeStation replay = new FakeStation().numbered(id());
    replay.connectSilently(links).receive(old);

    for (FakeStation refused : List.of(other, replay)) {
      assertThat(refused.received(Frame.Refused.class).get().refusal())
          .isEqualTo(Refusal.NOT_PAIRED);
      assertThat(refused.isClosed()).isTrue();
    }
    assertThat(station.isClosed()).isFalse();
  }

  @Test
  void endWithTheirPairing() {
    paired(Serves.OPERATORS).plug(key);
    station.connect(links);
    core.get(Stations.class).revoke(ADMIN, id());

    assertThat(station.received(Frame.Refused.class).get().refusal()).isEqualTo(Refusal.NOT_PAIRED);
    assertThat(seen(Audience.OPERATORS)).isEmpty();
    FakeStation again = station.connect(links);
    assertThat(again.isClosed()).isTrue();
  }

  @Test
  void endWhereAnotherServerHasRevokedTheStation() throws Exception {
    paired(Serves.OPERATORS);
    station.connect(links);
    core.inTransaction(
        () -> core.entities().find(PairedStation.class, id()).revoke(core.clock().instant()));

    links.check();

    assertThat(station.isClosed()).isTrue();
  }

  @Test
  void refuseAStationWhoseRowWasWrittenPastTheServer() throws Exception {
    paired(Serves.OWNERS);
    core.inTransaction(
        () ->
            core.entities()
                .createNativeQuery("update station set serves = 'EVERYONE'")
                .executeUpdate());

    station.connect(links);

    assertThat(station.received(Frame.Refused.class)).isPresent();
  }

  @Test
  void giveWayToANewerConnectionOfTheSameStation() {
    paired(Serves.OPERATORS).plug(key);
    StationLink first = station.connectSilently(links);
    first.receive(
        Frames.encode(station.proof(station.received(Frame.Welcome.class).get().nonce())));
    station.connect(links);

    assertThat(station.received(Frame.Refused.class).get().refusal()).isEqualTo(Refusal.REPLACED);
    assertThat(seen(Audience.OPERATORS)).hasSize(1);
  }

  /** A station's own pings are answered by the WebSocket, unseen by the server. */
  @Test
  void askAStationForASignOfLifeEachTimeTheyAreChecked() {
    paired(Serves.OPERATORS).connect(links);
    links.check();
    links.check();

    assertThat(station.pings()).isEqualTo(2);
    assertThat(station.isClosed()).isFalse();
  }

  static Stream<byte[]> nonsense() {
    return Stream.of(
        new byte[0],
        new byte[] {(byte) 0xff},
        new byte[70_000],
        Frames.encode(new Frame.Keys(List.of())),
        Frames.encode(new Frame.Accepted("I am the server")));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void refuseWhatIsNoProof(byte[] message) {
    paired(Serves.OPERATORS);
    station.connectSilently(links).receive(message);

    assertThat(station.received(Frame.Refused.class).get().refusal()).isEqualTo(Refusal.PROTOCOL);
    assertThat(station.isClosed()).isTrue();
  }

  @Test
  void refuseAVersionThatIsTooOldAndSayWhoMustBeUpdated() {
    paired(Serves.OPERATORS);
    StationLink link = station.connectSilently(links);
    link.receive(
        Frames.encode(new Frame.Proof(id(), new LinkVersion(0, 9), "0.9", "Linux", new byte[64])));

    Frame.Refused refused = station.received(Frame.Refused.class).get();
    assertThat(refused.refusal()).isEqualTo(Refusal.VERSION);
    assertThat(refused.message()).contains("Update the station's program");
  }

  @Test
  void endWhenAStationFloods() {
    paired(Serves.OPERATORS).connect(links);
    for (int i = 0; i < 5000 && !station.isClosed(); i++) {
      station.tellKeys();
    }

    assertThat(station.received(Frame.Refused.class).get().refusal()).isEqualTo(Refusal.PROTOCOL);
  }

  /** Strangers who connect and say nothing keep no station out that comes from elsewhere. */
  @Test
  void areFewFromOneAddressUntilTheyAreProven() {
    paired(Serves.OPERATORS);
    for (int i = 0; i < 20; i++) {
      new FakeStation().connectSilently(links);
    }
    FakeStation crowded = new FakeStation();
    crowded.connectSilently(links);
    station.connectSilently(links, "198.51.100.9");

    assertThat(crowded.received(Frame.Refused.class).get().refusal()).isEqualTo(Refusal.BUSY);
    assertThat(station.received(Frame.Welcome.class)).isPresent();
  }

  @Test
  void showAKioskToOwnersAlone() {
    paired(Serves.OWNERS).plug(key);
    station.connect(links);
    String id = seen(Audience.OWNERS).get(0).descriptor().id();
    Station ports = core.get(Station.class);

    assertThat(seen(Audience.OPERATORS)).isEmpty();
    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () -> ports.find(Audience.OPERATORS, RemoteKeys.NAME, id))
                .code())
        .isEqualTo(StationMessage.NOT_FOR_CALLER.code());
    assertThat(ports.find(Audience.OWNERS, RemoteKeys.NAME, id)).isNotNull();
  }

  @Test
  void showAnOwnerTheKeysOfTheKioskWhereTheOwnerIs() {
    paired(Serves.OWNERS).plug(key);
    station.connect(links);
    PluggedKey here = desk.plug(VirtualKey.builder().build());
    Activations activations = core.get(Activations.class);
    ActivationSession session = redeemed("u1");
    Station.Look look = core.get(Station.class).look();

    assertThat(activations.kiosks()).containsExactly(new Kiosk(id(), "Reception", ""));
    assertThat(activations.keys(session, look, OptionalLong.empty()).keys()).containsExactly(here);
    assertThat(activations.keys(session, look, OptionalLong.of(id())).keys())
        .singleElement()
        .satisfies(seen -> assertThat(RemoteKeys.stationOf(seen)).hasValue(id()));
    assertThat(activations.keys(session, look, OptionalLong.of(id() + 1)).keys()).isEmpty();
  }

  private ActivationSession redeemed(String user) {
    char[] code = core.get(ActivationCodes.class).issue(ADMIN, desk.user(user).id(), false).text();
    return core.get(Redemptions.class).redeem(code, FakeStation.ADDRESS).session();
  }

  @Test
  void writeKeysOfCertainGroupsAlone() {
    desk.provider().hire("u1");
    long staff = desk.importStaff();
    paired(Serves.OPERATORS, staff).plug(key);
    station.connect(links);
    PluggedKey plugged = seen(Audience.OPERATORS).get(0);
    Station ports = core.get(Station.class);

    ports.requireFor(plugged, Audience.OPERATORS, desk.user("u1"));
    assertThatThrownBy(() -> ports.requireFor(plugged, Audience.OPERATORS, desk.user("u2")))
        .isInstanceOf(ProblemException.class);
    KeySessions.Request request =
        new KeySessions.Request(
            plugged.transport(), plugged.descriptor().id(), desk.user("u2").id(), KeyPolicy.NONE);
    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () ->
                        core.get(KeySessions.class)
                            .start(Desk.OPERATOR, request, PIN.toCharArray()))
                .code())
        .isEqualTo(StationMessage.NOT_FOR_USER.code());
  }

  @Test
  void followAChangeOfNameAndTerms() {
    paired(Serves.OPERATORS).plug(key);
    station.connect(links);
    core.get(Stations.class)
        .change(ADMIN, id(), new StationTerms("Lobby", "", Serves.EVERYONE, List.of()));

    assertThat(seen(Audience.OWNERS).get(0).descriptor().location()).startsWith("Lobby · ");
  }

  @Test
  void bringTheSameIdForAKeyAfterANewConnection() {
    paired(Serves.OPERATORS).plug(key);
    station.connect(links);
    String before = seen(Audience.OPERATORS).get(0).descriptor().id();
    station.connect(links);

    assertThat(Optional.of(seen(Audience.OPERATORS).get(0).descriptor().id())).contains(before);
  }
}
