package dev.keysmith.core.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.enrolment.ScriptedProvider.Fault;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.session.Desk;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.testing.key.VirtualKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The identity provider activates a factor after the server has given the call up: in the end there
 * is one active factor with the credential that is on the key, or none.
 */
class LateAnswerTest {

  private static final String PIN = "482913";

  /** list, begin, complete. */
  private static final int HAND_IN = 3;

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private VirtualKey key;
  private PluggedKey plugged;
  private long id;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1");
    key = VirtualKey.builder().build();
    plugged = desk.plug(key);
    id = desk.assign("u1");
    desk.provider().fail(HAND_IN, Fault.GIVEN_UP);
  }

  /** Between any two calls of the settlement, whatever its second attempt to hand in comes to. */
  @ParameterizedTest(name = "{0} calls later, {1}")
  @CsvSource({
    "1, REJECTED", "2, REJECTED", "3, REJECTED", "4, REJECTED", "5, REJECTED",
    "1, BROKEN", "2, BROKEN", "3, BROKEN", "4, BROKEN", "5, BROKEN",
    "1, LONG_WAIT", "2, LONG_WAIT", "3, LONG_WAIT", "4, LONG_WAIT", "5, LONG_WAIT"
  })
  void leavesOneActiveFactorOrNothing(int later, Fault second) {
    desk.provider().arriveBefore(HAND_IN + later);
    desk.provider().fail(HAND_IN + 2, second);

    desk.session("u1", plugged, PIN);
    desk.provider().arrive();
    core.deliverAfter(LateAnswerDue.AFTER);

    assertWhole();
  }

  @Test
  void removesTheFactorThatBecomesActiveWhenAllWasUndone() {
    desk.provider().fail(HAND_IN + 2, Fault.REJECTED);
    desk.session("u1", plugged, PIN);
    assertThat(passkey().state()).isEqualTo(Passkey.State.FAILED);

    desk.provider().arrive();
    core.deliverAfter(LateAnswerDue.AFTER);

    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(
            core.get(Audit.class)
                .list(PageRequest.first().with("action", "passkey.late-factor-removed"))
                .items())
        .singleElement()
        .satisfies(it -> assertThat(it.subject().label()).isEqualTo("u1@example.org"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void removesAFactorThatBecomesActiveHoursLater(int hours) {
    desk.provider().fail(HAND_IN + 2, Fault.REJECTED);
    desk.session("u1", plugged, PIN);
    core.deliverAfter(Duration.ofHours(hours));
    desk.provider().arrive();

    core.deliverAfter(Duration.ofDays(2));

    assertThat(desk.provider().present("u1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void leavesNothingOfAPasskeyThatWasRevokedMeanwhile(int later) {
    desk.provider().fail(HAND_IN + 1, Fault.BROKEN);
    desk.session("u1", plugged, PIN);
    core.get(Passkeys.class).revoke(Desk.OPERATOR, id);
    desk.provider().arriveBefore(later);

    core.deliver();
    desk.provider().arrive();
    core.deliverAfter(LateAnswerDue.AFTER);

    assertThat(passkey().state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(desk.provider().present("u1")).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "AAAA")
  void leavesAFactorAloneThatOnlyAnEventOfAnotherHandNames(@Nullable String seal) throws Exception {
    Bytes credentialId = Bytes.of((byte) 1, (byte) 2);
    desk.provider().activeFromElsewhere("u1", credentialId);
    core.inTransaction(
        () ->
            core.get(Events.class)
                .record(new LateAnswerDue(id, "u1", credentialId.toBase64Url(), seal)));

    core.deliver();

    assertThat(desk.provider().present("u1")).hasSize(1);
  }

  private void assertWhole() {
    List<Factor> factors = desk.provider().present("u1");
    assertThat(factors).allMatch(factor -> factor.status() == Factor.Status.ACTIVE);
    assertThat(factors).hasSize(passkey().state() == Passkey.State.ACTIVE ? 1 : 0);
    assertThat(factors)
        .allSatisfy(
            factor ->
                assertThat(key.credentials())
                    .extracting(VirtualKey.KeyCredential::id)
                    .containsExactly(factor.credentialId().orElseThrow()));
  }

  private Passkey passkey() {
    return core.get(Passkeys.class).find(id);
  }
}
