package dev.keysmith.core.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.enrolment.ScriptedProvider.Crash;
import dev.keysmith.core.enrolment.ScriptedProvider.Fault;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.OpenKeys;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.server.ServerStarted;
import dev.keysmith.core.session.Desk;
import dev.keysmith.core.session.KeyPolicy;
import dev.keysmith.core.session.KeySession;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An enrolment whose node ends and never comes back is settled by the others, and one that runs is
 * left alone, as long as its node says that it does.
 */
class DeadNodeTest {

  private static final String PIN = "482913";
  private static final Duration LEASE = EnrolmentLeases.LASTS;

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private VirtualKey key;
  private PluggedKey plugged;
  private long id;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1", "u2");
    key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    plugged = desk.plug(key);
    id = desk.assign("u1");
  }

  @Test
  void settlesWhatADeadNodeLeftAlthoughNoNodeStartsAgain() {
    dieAtTheTouch();
    core.deliver();
    assertThat(passkey().state()).as("it might live").isEqualTo(Passkey.State.ENROLLING);

    core.deliverAfter(LEASE);

    assertThat(passkey().state()).isEqualTo(Passkey.State.ASSIGNED);
    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(core.queued()).isZero();
  }

  @Test
  void writesInANewSessionAsSoonAsItIsKnownThatTheOldOneIsDead() {
    dieAtTheTouch();
    KeySession session =
        atTheTouch(
            desk.plug(VirtualKey.builder().build()), () -> {}, () -> core.clock().advance(LEASE));
    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(KeySession.State.DONE);
    assertThat(passkey().state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(desk.provider().present("u1")).hasSize(1);
  }

  @Test
  void keepsAPasskeyThatWasAcceptedBeforeASecondNodeDied() {
    dieAtTheTouch();
    assertThatThrownBy(
            () ->
                atTheTouch(
                    plugged,
                    () -> {
                      desk.provider().fail(1, Fault.CRASH_AFTER);
                      key.touch();
                    },
                    () -> core.clock().advance(LEASE)))
        .isInstanceOf(Crash.class);

    KeySession third = atTheTouch(plugged, key::touch, () -> core.clock().advance(LEASE));

    assertThat(third.state()).as(Desk.lastWords(third)).isEqualTo(KeySession.State.DONE);
    assertThat(passkey().state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(key.credentials().stream().map(VirtualKey.KeyCredential::id).toList())
        .isEqualTo(
            desk.provider().present("u1").stream()
                .map(factor -> factor.credentialId().orElseThrow())
                .toList())
        .hasSize(1);
  }

  @Test
  void leavesAloneWhatRuns() {
    KeySession session =
        atTheTouch(
            () -> {
              for (int renewal = 0; renewal < 10; renewal++) {
                core.get(LiveEnrolments.class).renew();
                core.deliverAfter(LEASE.minusSeconds(1));
              }
              assertThat(passkey().state()).isEqualTo(Passkey.State.ENROLLING);
              key.touch();
            });
    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(KeySession.State.DONE);
    assertThat(passkey().state()).isEqualTo(Passkey.State.ACTIVE);
  }

  @Test
  void refusesASecondSessionOfAUserWhoseFirstOneRuns() {
    PluggedKey other = desk.plug(VirtualKey.builder().build());
    KeySession session =
        atTheTouch(
            () -> {
              KeySession second = atTheTouch(other, () -> {}, this::passTimeAndRenew);
              assertThat(second.entries())
                  .extracting(entry -> entry.message().code())
                  .contains("session.earlier-attempt", "session.unsettled");
              assertThat(second.entries())
                  .extracting(entry -> entry.message().arguments().get("why"))
                  .contains(Message.of(EnrolmentMessage.RUNS));
              assertThat(second.results()).isEmpty();
              key.touch();
            });
    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(KeySession.State.DONE);
    assertThat(desk.provider().present("u1")).hasSize(1);
  }

  @Test
  void endsInNothingWhenItsNodeWasTakenForDeadAndIsNot() {
    KeySession session =
        atTheTouch(
            () -> {
              core.deliverAfter(LEASE);
              key.touch();
            });
    assertThat(session.state()).isEqualTo(KeySession.State.FAILED);
    assertThat(passkey().state()).isEqualTo(Passkey.State.ASSIGNED);
    assertThat(desk.provider().present("u1")).isEmpty();

    key.touchPolicy(TouchPolicy.automatic());
    desk.session("u1", plugged, PIN);
    assertThat(passkey().state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(key.credentials()).as("the leftover is replaced").hasSize(1);
  }

  @Test
  void cancelsARegistrationThatBeganAfterItsEnrolmentWasSettled() {
    long keyId = desk.session("u1", desk.plug(VirtualKey.builder().build()), PIN).keyId().get();
    core.get(Passkeys.class).revoke(Desk.OPERATOR, id);
    core.deliver();
    long second = desk.assign("u1");
    EnrolmentProgress late = onTheSecondCall(() -> core.deliverAfter(LEASE));
    try (OpenKey open = open()) {
      Enrolment.Outcome outcome =
          core.get(Enrolment.class).enrol(Desk.OPERATOR, second, keyId, open, late);
      assertThat(outcome.active()).isFalse();
    }
    assertThat(desk.provider().present("u1")).noneMatch(f -> f.status() == Factor.Status.PENDING);
  }

  @Test
  void revokesWhatIsBeingWrittenAndEndsTheWaitForTheTouch() {
    KeySession session =
        atTheTouch(
            () -> {
              core.get(Passkeys.class).revoke(Desk.OPERATOR, id);
              core.get(LiveEnrolments.class).renew();
            });
    assertThat(session.results()).singleElement().matches(result -> !result.active());
    assertThat(Desk.lastWords(session)).contains("enrolment.revoked-meanwhile");
    assertThat(passkey().state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(key.credentials()).isEmpty();
  }

  @Test
  void handsNothingInThatWasRevokedJustBeforeTheTouch() {
    atTheTouch(
        () -> {
          core.get(Passkeys.class).revoke(Desk.OPERATOR, id);
          key.touch();
        });
    assertThat(desk.provider().calls()).doesNotContain("complete");
    assertThat(desk.provider().present("u1")).isEmpty();

    long next = desk.assign("u1");
    key.touchPolicy(TouchPolicy.automatic());
    desk.session("u1", plugged, PIN);
    assertThat(core.get(Passkeys.class).find(next).state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(key.credentials()).hasSize(1);
  }

  @Test
  void removesAFactorThatBecameActiveBeforeItsPasskeyWasRevoked() {
    key.touchPolicy(TouchPolicy.automatic());
    desk.provider().fail(3, Fault.LOST_ANSWER);
    desk.provider().fail(4, Fault.BROKEN);
    desk.session("u1", plugged, PIN);
    assertThat(desk.provider().present("u1")).allMatch(f -> f.status() == Factor.Status.ACTIVE);

    core.get(Passkeys.class).revoke(Desk.OPERATOR, id);
    core.deliver();

    assertThat(passkey().state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(desk.provider().present("u1")).isEmpty();
  }

  @Test
  void refusesANewEnrolmentUntilARevokedOneIsSettled() {
    dieAtTheTouch();
    core.get(Passkeys.class).revoke(Desk.OPERATOR, id);
    long next = desk.assign("u1");
    assertThatThrownBy(() -> core.get(EnrolmentJournal.class).begin(next, keyOfTheUser(), listed()))
        .hasMessageContaining("enrolment.unsettled");

    core.deliverAfter(LEASE);
    assertThat(desk.provider().present("u1")).isEmpty();
    key.touchPolicy(TouchPolicy.automatic());
    desk.session("u1", plugged, PIN);
    assertThat(core.get(Passkeys.class).find(next).state()).isEqualTo(Passkey.State.ACTIVE);
  }

  @Test
  void withdrawsWhatIsBeingWrittenForAUserWhoLeaves() {
    atTheTouch(
        () -> {
          desk.provider().remove("u1");
          desk.importAll();
          key.touch();
        });
    assertThat(passkey().state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(desk.provider().present("u1")).isEmpty();
  }

  @Test
  void settlesAtAStartWhatNoEventSpeaksOf() throws Exception {
    dieAtTheTouch();
    core.inTransaction(
        () -> {
          core.entities().createNativeQuery("delete from scheduled_tasks").executeUpdate();
          return core.entities()
              .createNativeQuery("update enrolment set alive_until = null")
              .executeUpdate();
        });
    core.get(Recovery.class).onServerStarted(new ServerStarted());
    core.deliver();
    assertThat(passkey().state()).isEqualTo(Passkey.State.ASSIGNED);
    assertThat(desk.provider().present("u1")).isEmpty();
  }

  private void dieAtTheTouch() {
    assertThatThrownBy(
            () ->
                atTheTouch(
                    () -> {
                      throw new Crash();
                    }))
        .isInstanceOf(Crash.class);
    assertThat(passkey().state()).isEqualTo(Passkey.State.ENROLLING);
    assertThat(desk.provider().present("u1")).hasSize(1);
  }

  private KeySession atTheTouch(Runnable action) {
    return atTheTouch(plugged, action, () -> {});
  }

  private KeySession atTheTouch(PluggedKey at, Runnable atTouch, Runnable whileItWaits) {
    return desk.session(
        "u1",
        at,
        PIN,
        KeyPolicy.NONE,
        (session, entry) -> {
          if (entry.touch()) {
            atTouch.run();
          } else if (entry.message().code().equals("session.earlier-attempt")) {
            whileItWaits.run();
          }
        });
  }

  private void passTimeAndRenew() {
    core.clock().advance(Duration.ofSeconds(5));
    core.get(LiveEnrolments.class).renew();
  }

  private static EnrolmentProgress onTheSecondCall(Runnable action) {
    int[] asked = {0};
    return step -> {
      if (step == EnrolmentProgress.Step.ASKING_PROVIDER && ++asked[0] == 2) {
        action.run();
      }
    };
  }

  private OpenKey open() {
    return core.get(OpenKeys.class).open(plugged, PIN.toCharArray(), (key, use) -> {});
  }

  private long keyOfTheUser() {
    return passkey().keyId().orElseThrow();
  }

  private List<String> listed() {
    return desk.provider().present("u1").stream().map(Factor::id).toList();
  }

  private Passkey passkey() {
    return core.get(Passkeys.class).find(id);
  }
}
