package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.key.StationWatch;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.testing.key.VirtualKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GuidedProvisioningTest {

  private static final Actor OTHER = Actor.operator(77, "other");

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private GuidedProvisioning leads;

  @BeforeEach
  void setUp() {
    core.restart(GuidedProvisioning.class);
    desk = new Desk(core, "u1", "u2", "u3");
    desk.assign("u1");
    desk.assign("u2");
    leads = core.get(GuidedProvisioning.class);
  }

  @AfterEach
  void end() {
    leads.end(Desk.OPERATOR);
  }

  @Test
  void writesNothingBeforeTheOperatorHasConfirmedTheFirstPerson() {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);

    assertThat(refusal("u1", plugged)).isEqualTo("lead.not-begun");
    leads.begin(OTHER, desk.user("u1").id());
    assertThat(refusal("u1", plugged)).as("it is the other's").isEqualTo("lead.not-begun");
    leads.end(OTHER);
    assertThat(key.hasPin()).isFalse();
  }

  @Test
  void neverWritesAKeyThatWasThereBeforeUntilItWasPulledOut() {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey before = desk.plug(key);
    leads.begin(Desk.OPERATOR, desk.user("u1").id());

    assertThat(refusal("u1", before)).isEqualTo("lead.was-there");
    assertThat(key.hasPin()).isFalse();

    key.unplug();
    listed(0);
    key.plugIn();
    KeySession session = desk.ended(leads.next(Desk.OPERATOR, desk.request("u1", before)));
    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(State.DONE);
  }

  @Test
  void writesTheKeysThatComeForThoseWhoWait() {
    assertThat(leads.begin(Desk.OPERATOR, desk.user("u1").id()).login())
        .isEqualTo("u1@example.org");
    PluggedKey first = desk.plug(VirtualKey.builder().build());
    PluggedKey second = desk.plug(VirtualKey.builder().build());

    KeySession one = desk.ended(leads.next(Desk.OPERATOR, desk.request("u1", first)));
    KeySession two = desk.ended(leads.next(Desk.OPERATOR, desk.request("u2", second)));

    assertThat(one.state()).as(Desk.lastWords(one)).isEqualTo(State.DONE);
    assertThat(two.state()).as(Desk.lastWords(two)).isEqualTo(State.DONE);
    assertThat(core.get(KeySessions.class).hasPinToShow(Desk.OPERATOR, two)).isTrue();
  }

  @Test
  void refusesWhomNothingIsPromisedAndKeysOfOthers() {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey others = desk.plug(key);
    desk.session("u2", others, "482913");
    key.unplug();
    leads.begin(Desk.OPERATOR, desk.user("u1").id());
    key.plugIn();
    PluggedKey fresh = desk.plug(VirtualKey.builder().build());

    assertThat(refusal("u3", fresh)).isEqualTo("lead.waits-not");
    assertThat(refusal("u1", others)).isEqualTo("lead.key-of-another");
    assertThatThrownBy(() -> leads.begin(Desk.OPERATOR, desk.user("u3").id()))
        .hasMessageContaining("lead.waits-not");
  }

  @Test
  void endsWhenItHasNotBeenUsedForHalfAnHour() {
    leads.begin(Desk.OPERATOR, desk.user("u1").id());
    PluggedKey fresh = desk.plug(VirtualKey.builder().build());

    core.clock().advance(Duration.ofMinutes(31));

    assertThat(refusal("u1", fresh)).isEqualTo("lead.not-begun");
  }

  private String refusal(String user, PluggedKey key) {
    return catchThrowableOfType(
            ProblemException.class, () -> leads.next(Desk.OPERATOR, desk.request(user, key)))
        .code();
  }

  /** Until the station has told how many keys are there. */
  private void listed(int number) {
    AtomicInteger told = new AtomicInteger(-1);
    StationWatch watch =
        core.get(Station.class).watch(change -> told.set(change.now().keys().size()));
    try {
      long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (told.get() != number) {
        assertThat(System.nanoTime()).isLessThan(patience);
        LockSupport.parkNanos(1_000_000);
      }
    } finally {
      watch.close();
    }
  }
}
