package dev.keysmith.core.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.keysmith.core.enrolment.ScriptedProvider.Crash;
import dev.keysmith.core.enrolment.ScriptedProvider.Fault;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.server.ServerStarted;
import dev.keysmith.core.session.Desk;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.Quirks;
import dev.keysmith.testing.key.model.Quirks.Occasion;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever goes wrong between the server and the identity provider, at whichever call: in the end
 * there is one active factor with the credential that is on the key, or nothing on either side.
 */
class EnrolmentFaultsTest {

  /** list, begin, complete: the calls of an undisturbed enrolment. */
  private static final int CALLS = 3;

  @RegisterExtension final Core core = new Core();

  static Stream<Arguments> everyFaultAtEveryCall() {
    return Stream.of(Fault.values())
        .flatMap(
            fault ->
                Stream.iterate(1, call -> call <= CALLS, call -> call + 1)
                    .map(call -> arguments(fault, call)));
  }

  static Stream<Arguments> twoFaultsInARow() {
    return everyFaultAtEveryCall()
        .filter(one -> one.get()[0] != Fault.RATE_LIMITED)
        .flatMap(
            one ->
                Stream.of(Fault.LOST_REQUEST, Fault.LOST_ANSWER, Fault.CRASH_AFTER)
                    .map(second -> arguments(one.get()[0], one.get()[1], second)));
  }

  @ParameterizedTest
  @Tag("one-database")
  @MethodSource("twoFaultsInARow")
  void leavesOneActiveFactorOrNothingWhenTheClearingUpGoesWrongToo(
      Fault fault, int call, Fault second) {
    Scene scene = new Scene();
    scene.desk.provider().fail(call, fault);
    scene.desk.provider().fail(call + 1, second);
    scene.enrol();
    scene.recover();
    scene.assertWhole();
  }

  @ParameterizedTest
  @MethodSource("everyFaultAtEveryCall")
  void leavesOneActiveFactorOrNothingAndSucceedsWhenTriedAgain(Fault fault, int call) {
    Scene scene = new Scene();
    scene.desk.provider().fail(call, fault);
    scene.enrol();
    scene.recover();
    scene.assertWhole();
    if (scene.passkey().state() == Passkey.State.FAILED) {
      core.get(Passkeys.class).retry(Desk.OPERATOR, scene.passkeyId);
    }
    scene.enrol();
    assertThat(scene.passkey().state()).isEqualTo(Passkey.State.ACTIVE);
    scene.assertWhole();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void failsNoPasskeyForWhatPassesInSomeMinutes(int call) {
    Scene scene = new Scene();
    scene.desk.provider().fail(call, Fault.LONG_WAIT);
    scene.enrol();
    assertThat(scene.passkey().state()).isNotEqualTo(Passkey.State.FAILED);
    scene.recover();
    assertThat(scene.passkey().state()).isEqualTo(Passkey.State.ACTIVE);
    scene.assertWhole();
  }

  static Stream<Arguments> waysToWriteAndDenyIt() {
    return Stream.of(Model.values())
        .flatMap(
            model ->
                Stream.of("01", "27", "2f", "7f", "f1", "00", "00a0", "00ff")
                    .map(answer -> arguments(model, answer)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("waysToWriteAndDenyIt")
  void clearsUpWhatAKeyHasWrittenAlthoughItReportedAnError(Model model, String answer) {
    Scene scene = new Scene(model);
    scene.key.quirks(Quirks.NONE.answering(Occasion.WRITE, answer));
    scene.enrol();
    assertThat(scene.passkey().state()).isEqualTo(Passkey.State.ASSIGNED);
    if (model != Model.CTAP_2_0) {
      scene.assertWhole();
    }
    scene.key.quirks(Quirks.NONE);
    scene.enrol();
    assertThat(scene.passkey().state()).isEqualTo(Passkey.State.ACTIVE);
    scene.assertWhole();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("waysToWriteAndDenyIt")
  void clearsItUpWhenTheIdentityProviderComesBackToo(Model model, String answer) {
    Scene scene = new Scene(model);
    scene.key.quirks(Quirks.NONE.answering(Occasion.WRITE, answer));
    scene.desk.provider().fail(CALLS, Fault.LOST_REQUEST);
    scene.enrol();
    scene.key.quirks(Quirks.NONE);
    scene.recover();
    scene.assertWhole();
    assertThat(scene.passkey().state()).isEqualTo(Passkey.State.ACTIVE);
  }

  @Test
  void notesNothingOfAKeyThatProvesNotToHaveWritten() {
    Scene scene = new Scene(VirtualKey.builder().model(Model.CTAP_2_0).maxDiscoverable(0).build());
    scene.enrol();
    assertThat(scene.passkey().state()).isEqualTo(Passkey.State.ASSIGNED);
    assertThat(
            core.entities()
                .createQuery("select count(l) from LeftoverCredential l where l.rpId is not null")
                .getSingleResult())
        .isEqualTo(0L);
  }

  /** One user, one key, one promised passkey, and a pending factor from elsewhere. */
  private final class Scene {
    final Desk desk = new Desk(core, "u1");
    final VirtualKey key;
    final PluggedKey plugged;
    final long passkeyId =
        core.get(Passkeys.class)
            .assign(Desk.OPERATOR, desk.user("u1").id(), desk.integrationId())
            .id();

    Scene() {
      this(Model.CTAP_2_1);
    }

    Scene(Model model) {
      this(VirtualKey.builder().model(model).build());
    }

    Scene(VirtualKey key) {
      this.key = key;
      plugged = desk.plug(key);
      desk.provider().pendingOfSomebodyElse("u1");
    }

    void enrol() {
      try {
        desk.session("u1", plugged, "482913");
      } catch (Crash e) {
        assertThat(passkey().state()).isIn(Passkey.State.ASSIGNED, Passkey.State.ENROLLING);
      }
    }

    /**
     * The server starts again, events come due, and the key is there once more: as often as it
     * takes.
     */
    void recover() {
      for (int start = 0; start < 3; start++) {
        try {
          core.get(Recovery.class).onServerStarted(new ServerStarted());
          core.deliverAfter(Duration.ofHours(1));
          desk.session("u1", plugged, "482913");
          if (core.queued() == 0 && passkey().state() != Passkey.State.ENROLLING) {
            return;
          }
        } catch (Crash e) {
          assertThat(start).as("starts").isLessThan(2);
        }
      }
    }

    Passkey passkey() {
      return core.get(Passkeys.class).find(passkeyId);
    }

    void assertWhole() {
      List<Factor> ours =
          desk.provider().present("u1").stream().filter(f -> !f.id().equals("theirs")).toList();
      assertThat(desk.provider().present("u1")).extracting(Factor::id).contains("theirs");
      assertThat(ours).allMatch(factor -> factor.status() == Factor.Status.ACTIVE);
      assertThat(ours).hasSizeLessThanOrEqualTo(1);
      assertThat(passkey().state() == Passkey.State.ACTIVE).isEqualTo(ours.size() == 1);
      assertThat(key.credentials().stream().map(VirtualKey.KeyCredential::id).toList())
          .isEqualTo(ours.stream().map(factor -> factor.credentialId().orElseThrow()).toList());
    }
  }
}
