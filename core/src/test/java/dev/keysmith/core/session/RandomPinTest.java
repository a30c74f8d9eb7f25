package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.pin.RandomPins;
import dev.keysmith.core.secret.Secrets;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomPinTest {

  @RegisterExtension final Core core = new Core();

  private static final Actor NAMESAKE = Actor.token(3, "desk");

  private Desk desk;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1");
    desk.assign("u1");
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void setsAPinThatIsShownOnceToWhoeverStartedTheSession(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).build();
    PluggedKey plugged = desk.plug(key);
    KeySession session = ended(start(plugged));
    KeySessions sessions = core.get(KeySessions.class);

    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(State.DONE);
    assertThat(sessions.hasPinToShow(Desk.OPERATOR, session)).isTrue();
    assertThatThrownBy(() -> sessions.showPin(Actor.operator(4, "other"), session.id()))
        .hasMessageContaining("key.no-pin-to-show");
    assertThatThrownBy(() -> sessions.showPin(NAMESAKE, session.id()))
        .hasMessageContaining("key.no-pin-to-show");
    String pin = new String(sessions.showPin(Desk.OPERATOR, session.id()));
    assertThat(pin).matches("[0-9]{6}");
    assertThatThrownBy(() -> sessions.showPin(Desk.OPERATOR, session.id()))
        .hasMessageContaining("key.no-pin-to-show");
    assertThat(
            core.get(Audit.class).list(PageRequest.first().with("action", "key.pin-shown")).items())
        .singleElement()
        .matches(entry -> !entry.details().toString().contains(pin));
    assertThat(session.entries()).noneMatch(entry -> entry.message().toString().contains(pin));
    if (model == Model.CTAP_2_1) {
      assertThat(key.mustChangePin()).isTrue();
    } else {
      assertThat(desk.session("u1", plugged, pin).state()).isEqualTo(State.DONE);
    }
  }

  @Test
  void isAsLongAsTheKeyWants() {
    KeySession session = ended(start(desk.plug(VirtualKey.builder().minPinLength(9).build())));

    assertThat(core.get(KeySessions.class).showPin(Desk.OPERATOR, session.id())).hasSize(9);
  }

  @Test
  void isNotSetOnAKeyThatHasAPin() {
    PluggedKey plugged = desk.plug(VirtualKey.builder().build());
    desk.session("u1", plugged, "482913");

    KeySession session = ended(start(plugged));

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(Desk.lastWords(session)).contains("key.pin-set-already");
    assertThat(core.get(KeySessions.class).hasPinToShow(Desk.OPERATOR, session)).isFalse();
  }

  @Test
  void isRefusedWhereAPersonChoosesASimpleOne() {
    VirtualKey key = VirtualKey.builder().build();

    KeySession session = desk.session("u1", desk.plug(key), "123456");

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(Desk.lastWords(session)).contains("key.pin-simple");
    assertThat(key.hasPin()).isFalse();
  }

  @Test
  void survivesARestartAndARotationOfTheMasterKey() throws Exception {
    VirtualKey key = VirtualKey.builder().build();
    KeySession session = ended(start(desk.plug(key)));
    String before = sealed();
    core.restart(KeySessions.class);
    core.get(Secrets.class).rotate(Desk.OPERATOR);
    core.deliver();

    assertThat(sealed()).isNotEqualTo(before);
    RandomPins.Waiting waiting = only();
    assertThat(waiting.login()).isEqualTo("u1@example.org");
    assertThat(waiting.sessionId()).isEqualTo(session.id());
    assertThat(waiting.toString()).doesNotContain(before);
    char[] pin = core.get(RandomPins.class).show(Desk.OPERATOR, waiting.id());
    assertThat(pin).hasSize(6);
    assertThat(waiting()).isEmpty();
  }

  @Test
  void isErasedByTheClockThoughNobodyAsks() throws Exception {
    ended(start(desk.plug(VirtualKey.builder().build())));
    assertThat(rows()).isEqualTo(1);

    core.deliverAfter(Duration.ofMinutes(59));
    assertThat(rows()).isEqualTo(1);
    core.deliverAfter(Duration.ofMinutes(1));

    assertThat(rows()).isZero();
    assertThat(
            core.get(Audit.class)
                .list(PageRequest.first().with("action", "key.pin-expired"))
                .items())
        .singleElement()
        .matches(entry -> entry.by().equals(Actor.system()));
  }

  @Test
  void isNotShownWhenItsTimeIsOverThoughItIsStillThere() throws Exception {
    KeySession session = ended(start(desk.plug(VirtualKey.builder().build())));
    long id = only().id();
    core.clock().advance(Duration.ofHours(1));

    assertThat(rows()).isEqualTo(1);
    assertThat(waiting()).isEmpty();
    assertThat(core.get(KeySessions.class).hasPinToShow(Desk.OPERATOR, session)).isFalse();
    assertThatThrownBy(() -> core.get(RandomPins.class).show(Desk.OPERATOR, id))
        .hasMessageContaining("key.no-pin-to-show");
  }

  @Test
  void isNotShownToATokenThatIsCalledLikeTheOperator() {
    KeySession session = ended(start(desk.plug(VirtualKey.builder().build())));
    Actor token = Actor.token(Long.parseLong(Desk.OPERATOR.id()), Desk.OPERATOR.name());

    assertThat(core.get(RandomPins.class).list(token)).isEmpty();
    assertThat(core.get(KeySessions.class).hasPinToShow(token, session)).isFalse();
    assertThatThrownBy(() -> core.get(RandomPins.class).show(token, only().id()))
        .hasMessageContaining("key.no-pin-to-show");
  }

  @Test
  void canStillBeShownAfterAnotherTryWithTheSameKey() {
    VirtualKey key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    PluggedKey plugged = desk.plug(key);
    KeySession first = start(plugged);
    while (!key.waitsForTouch() && first.state() == State.RUNNING) {
      core.deliver();
      LockSupport.parkNanos(1_000_000);
    }
    key.unplug();
    ended(first);
    key.plugIn();
    KeySession again = ended(start(plugged));
    assertThat(Desk.lastWords(again)).contains("key.pin-set-already");
    core.clock().advance(Duration.ofMinutes(5));

    assertThat(only().sessionId()).isEqualTo(first.id());
    KeySessions sessions = core.get(KeySessions.class);
    assertThat(sessions.hasPinToShow(Desk.OPERATOR, first)).isTrue();
    String pin = new String(sessions.showPin(Desk.OPERATOR, first.id()));
    key.touchPolicy(TouchPolicy.automatic());
    assertThat(desk.session("u1", plugged, pin).state()).isEqualTo(State.DONE);
  }

  @Test
  void isKeptWhereTheKeyHasSetItAndReportsAnError() {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    desk.connectOver(connection -> new Reporting(connection, true));

    KeySession session = ended(start(plugged));

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(key.hasPin()).isTrue();
    desk.connectOver(UnaryOperator.identity());
    String pin = new String(core.get(RandomPins.class).show(Desk.OPERATOR, only().id()));
    assertThat(desk.session("u1", plugged, pin).state()).isEqualTo(State.DONE);
    assertThat(key.mustChangePin()).isTrue();
  }

  @Test
  void isForgottenWhereTheKeyHasNotSetIt() {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    desk.connectOver(connection -> new Reporting(connection, false));

    KeySession session = ended(start(plugged));

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(key.hasPin()).isFalse();
    assertThat(waiting()).isEmpty();
    desk.connectOver(UnaryOperator.identity());
    desk.session("u1", plugged, "482913");
    assertThat(key.mustChangePin()).isFalse();
  }

  @Test
  void replacesTheOneThatWasOnTheKeyBeforeItWasErased() {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    KeySession first = ended(start(plugged));
    KeySession reset =
        desk.reset(
            plugged,
            first.keyId(),
            (session, words) -> {
              if (words.startsWith("session.pull-out")) {
                key.unplug();
              } else if (words.startsWith("session.plug-in")) {
                key.plugIn();
              }
            });
    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.DONE);
    assertThat(waiting()).isEmpty();

    KeySession second = ended(start(plugged));

    assertThat(only().sessionId()).isEqualTo(second.id());
  }

  /** Answers the setting of a PIN with an error, after it was done or in place of it. */
  private record Reporting(KeyConnection to, boolean done) implements KeyConnection {

    private static final byte CLIENT_PIN = 0x06;
    private static final byte SET_PIN = 0x03;
    private static final byte OTHER = 0x7F;

    @Override
    public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
      if (request[0] != CLIENT_PIN || subCommand(request) != SET_PIN) {
        return to.exchange(request, timeout, listener);
      }
      if (done) {
        to.exchange(request, timeout, listener);
      }
      return new byte[] {OTHER};
    }

    /** In canonical CBOR: a map, key 1, the protocol, key 2, the subcommand. */
    private static byte subCommand(byte[] request) {
      return request[5];
    }

    @Override
    public void cancel() {
      to.cancel();
    }

    @Override
    public void close() {
      to.close();
    }
  }

  private List<RandomPins.Waiting> waiting() {
    return core.get(RandomPins.class).list(Desk.OPERATOR);
  }

  private RandomPins.Waiting only() {
    assertThat(waiting()).hasSize(1);
    return waiting().get(0);
  }

  private long rows() throws Exception {
    return core.inTransaction(
        () ->
            ((Number)
                    core.entities()
                        .createNativeQuery("select count(*) from random_pin")
                        .getSingleResult())
                .longValue());
  }

  private String sealed() throws Exception {
    return core.inTransaction(
        () ->
            core.entities()
                .createNativeQuery("select pin_sealed from random_pin")
                .getSingleResult()
                .toString());
  }

  private KeySession start(PluggedKey plugged) {
    return desk.startWithRandomPin("u1", plugged);
  }

  private KeySession ended(KeySession session) {
    return desk.ended(session);
  }
}
