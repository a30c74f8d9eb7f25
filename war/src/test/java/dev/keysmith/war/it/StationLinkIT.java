package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Link;
import dev.keysmith.station.link.LinkVersion;
import dev.keysmith.station.link.Proofs;
import dev.keysmith.station.link.Refusal;
import dev.keysmith.station.link.TransportState;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the server takes from what connects as a station. */
@ArquillianTest
@RunAsClient
class StationLinkIT {

  @ArquillianResource URI base;

  private final KeyPair pair = StationLine.newPair();
  private Api admin;

  @BeforeEach
  void setUp() {
    admin = Api.administrator(base);
  }

  private String issue(String name, String serves) {
    return admin
        .post("/api/stations/pairings", Map.of("name", name, "serves", serves))
        .json()
        .required("code")
        .asString();
  }

  private Api.Answer pair(String code, KeyPair shown, KeyPair signing) {
    byte[] publicKey = shown.getPublic().getEncoded();
    byte[] statement =
        Proofs.pairing(Proofs.origin(base), code.replace("-", "").toCharArray(), publicKey);
    return Api.anonymous(base)
        .post(
            Link.PAIRING_PATH,
            Map.of(
                "code",
                code,
                "publicKey",
                base64(publicKey),
                "proof",
                base64(Proofs.sign(signing.getPrivate(), statement)),
                "program",
                "0.0.1",
                "system",
                "test"));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private long paired(String name) {
    return pair(issue(name, "OPERATORS"), pair, pair).json().required("station").asLong();
  }

  private Frame.Proof proof(KeyPair with, long station, byte[] nonce) {
    byte[] statement = Proofs.connection(Proofs.origin(base), station, nonce);
    return new Frame.Proof(
        station, LinkVersion.CURRENT, "0.0.1", "test", Proofs.sign(with.getPrivate(), statement));
  }

  private StationLine connect(Map<String, String> headers) {
    return StationLine.connect(base, headers);
  }

  private StationLine connect() {
    return connect(Map.of());
  }

  @Test
  void takesAStationThatProvesItself() {
    long station = paired("Desk of StationLinkIT");
    StationLine line = connect();
    Frame.Welcome welcome = line.next(Frame.Welcome.class);
    line.send(proof(pair, station, welcome.nonce()));
    assertThat(line.next(Frame.Accepted.class).name()).isEqualTo("Desk of StationLinkIT");
    line.send(
        new Frame.Keys(
            List.of(
                new TransportState(
                    "usb",
                    Optional.empty(),
                    List.of(new KeyDescriptor("k1", "Some key", "port 4", Optional.empty()))))));

    JsonNode key =
        Waiting.eventually(() -> keyAt(station).orElse(null), java.util.Objects::nonNull);
    assertThat(key.required("location").asString()).isEqualTo("Desk of StationLinkIT · port 4");
    assertThat(line.pinged()).isTrue();
    JsonNode view = admin.get("/api/stations/" + station).json();
    assertThat(view.required("connected").asBoolean()).isTrue();
    assertThat(view.required("keys").asInt()).isEqualTo(1);

    assertThat(admin.delete("/api/stations/" + station).status()).isEqualTo(204);
    assertThat(line.next(Frame.Refused.class).refusal()).isEqualTo(Refusal.NOT_PAIRED);
    line.closed();
    assertThat(keyAt(station)).isEmpty();
    assertThat(admin.get("/api/stations/" + station).json().required("connected").asBoolean())
        .isFalse();
  }

  private Optional<JsonNode> keyAt(long station) {
    return admin
        .get("/api/station")
        .json()
        .required("keys")
        .valueStream()
        .filter(key -> key.path("station").asLong(0) == station)
        .findFirst();
  }

  /** The proxy hands on no port in {@code Host}. */
  @Test
  void takesAStationThroughNginx(@TempDir Path directory) throws Exception {
    try (Nginx nginx = Nginx.before(base, directory);
        StationStub station =
            new StationStub(nginx.address(), "http://" + nginx.address().getHost())) {
      station.pair(issue("Behind nginx", "OPERATORS")).connect().plug("k1", "port 1");

      assertThat(
              Waiting.eventually(
                  () -> admin.get("/api/station").json(),
                  look -> look.toString().contains("Behind nginx")))
          .isNotNull();
    }
  }

  @Test
  void refusesTheKeyOfAnotherStationAndAnOldProof() {
    long station = paired("Reception");
    StationLine first = connect();
    Frame.Proof old = proof(pair, station, first.next(Frame.Welcome.class).nonce());
    StationLine replay = connect();
    replay.next(Frame.Welcome.class);
    replay.send(old);
    StationLine thief = connect();
    thief.send(proof(StationLine.newPair(), station, thief.next(Frame.Welcome.class).nonce()));

    for (StationLine refused : List.of(replay, thief)) {
      assertThat(refused.next(Frame.Refused.class).refusal()).isEqualTo(Refusal.NOT_PAIRED);
      refused.closed();
    }
  }

  @Test
  void refusesNonsenseAndSaysSo() {
    StationLine line = connect();
    line.next(Frame.Welcome.class);
    line.send(new byte[] {(byte) 0xff, 0, 1});

    assertThat(line.next(Frame.Refused.class).refusal()).isEqualTo(Refusal.PROTOCOL);
    line.closed();
  }

  @Test
  void cutsOffWhoSendsMoreThanAFrameHolds() {
    StationLine line = connect();
    line.next(Frame.Welcome.class);
    line.send(new byte[Link.MOST_BYTES + 1]);

    assertThat(line.closed()).as("the status of the end").isPositive();
  }

  /** No page of a browser is a station. */
  @Test
  void refusesBrowsers() {
    assertThatThrownBy(() -> connect(Map.of("Origin", base.toString())))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  @Test
  void refusesPairingByAWrongOrUsedCodeAlike() {
    String code = issue("Once", "OWNERS");
    Api.Answer stolen = pair(code, StationLine.newPair(), pair);
    Api.Answer wrong = pair("0000-0000-0000", pair, pair);
    Api.Answer right = pair(code, pair, pair);
    Api.Answer again = pair(code, StationLine.newPair(), StationLine.newPair());

    assertThat(stolen.status()).isEqualTo(400);
    assertThat(right.status()).as(right.toString()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(400);
    assertThat(wrong.json()).isEqualTo(again.json());
    assertThat(again.json().required("code").asString()).isEqualTo("station.code");
    long station = right.json().required("station").asLong();
    assertThat(admin.get("/api/stations/" + station).json().required("serves").asString())
        .isEqualTo("OWNERS");
    admin.delete("/api/stations/" + station);
  }

  @Test
  void refusesPairingWithOddValues() {
    for (Map<String, String> odd :
        List.of(
            Map.of("code", "", "publicKey", "", "proof", "", "program", "", "system", ""),
            Map.of("code", "x", "publicKey", "!", "proof", "!", "program", "p", "system", "s"),
            Map.of(
                "code", "x",
                "publicKey", "A".repeat(3000),
                "proof", "",
                "program", "p",
                "system", "s"),
            Map.of("code", "x"))) {
      assertThat(Api.anonymous(base).post(Link.PAIRING_PATH, odd).status()).isEqualTo(400);
    }
  }
}
