package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.testing.key.Model;
import dev.keysmith.testing.key.VirtualKey;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
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
    assertThat(session.hasPinToShow()).isTrue();
    assertThatThrownBy(() -> sessions.showPin(Actor.operator(4, "other"), session.id()))
        .hasMessageContaining("somebody else");
    assertThatThrownBy(() -> sessions.showPin(NAMESAKE, session.id()))
        .hasMessageContaining("somebody else");
    String pin = new String(sessions.showPin(Desk.OPERATOR, session.id()));
    assertThat(pin).matches("[0-9]{6}");
    assertThatThrownBy(() -> sessions.showPin(Desk.OPERATOR, session.id()))
        .hasMessageContaining("shown before");
    assertThat(
            core.get(Audit.class).list(PageRequest.first().with("action", "key.pin-shown")).items())
        .singleElement()
        .matches(entry -> !entry.details().toString().contains(pin));
    assertThat(session.entries()).noneMatch(entry -> entry.message().contains(pin));
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
    assertThat(Desk.lastWords(session)).contains("has a PIN already");
    assertThat(session.hasPinToShow()).isFalse();
  }

  @Test
  void isRefusedWhereAPersonChoosesASimpleOne() {
    VirtualKey key = VirtualKey.builder().build();

    KeySession session = desk.session("u1", desk.plug(key), "123456");

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(Desk.lastWords(session)).contains("tries first");
    assertThat(key.hasPin()).isFalse();
  }

  private KeySession start(PluggedKey plugged) {
    return core.get(KeySessions.class)
        .startWithRandomPin(
            Desk.OPERATOR,
            new KeySessions.Request(
                plugged.transport(),
                plugged.descriptor().id(),
                desk.user("u1").id(),
                KeyPolicy.NONE));
  }

  private KeySession ended(KeySession session) {
    long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (session.state() == State.RUNNING) {
      assertThat(System.nanoTime()).isLessThan(patience);
      core.deliver();
      LockSupport.parkNanos(1_000_000);
    }
    return session;
  }
}
