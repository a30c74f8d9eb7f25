package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyResetTest {

  private static final String PIN = "482913";

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private VirtualKey key;
  private PluggedKey plugged;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1", "u2");
    key = VirtualKey.builder().build();
    plugged = desk.plug(key);
  }

  @Test
  void erasesTheKeyAndWithdrawsThePasskeysThatWereOnIt() {
    long passkeyId = desk.assign("u1");
    long keyId = desk.session("u1", plugged, PIN).keyId().orElseThrow();

    KeySession reset = desk.reset(plugged, Optional.of(keyId), this::obey);
    core.deliver();

    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.DONE);
    assertThat(key.credentials()).isEmpty();
    assertThat(key.hasPin()).isFalse();
    assertThat(core.get(SecurityKeys.class).find(keyId).state())
        .isEqualTo(SecurityKey.State.IN_STOCK);
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(core.get(Audit.class).list(PageRequest.first().with("action", "key.reset")).total())
        .isEqualTo(1);
    desk.assign("u2");
    assertThat(desk.session("u2", plugged, PIN).keyId()).contains(keyId);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void erasesAKeyThatIsInNoInventory(Model model) {
    VirtualKey foreign = VirtualKey.builder().model(model).build();
    PluggedKey there = desk.plug(foreign);
    key = foreign;

    assertThat(desk.reset(there, Optional.empty(), this::obey).state()).isEqualTo(State.DONE);
  }

  @Test
  void asksForATouchAndErasesNothingWithoutOne() {
    desk.session("u1", plugged, PIN);
    key.touchPolicy(TouchPolicy.byHand());

    KeySession reset =
        desk.reset(
            plugged,
            Optional.empty(),
            (session, words) -> {
              obey(session, words);
              if (words.startsWith("session.touch")) {
                session.cancel();
              }
            });

    assertThat(reset.state()).isEqualTo(State.CANCELLED);
    assertThat(key.hasPin()).isTrue();
  }

  @Test
  void erasesNothingWhenItIsCancelledBeforeTheKeyIsBack() {
    desk.session("u1", plugged, PIN);

    KeySession reset =
        desk.reset(
            plugged,
            Optional.empty(),
            (session, words) -> {
              if (words.startsWith("session.pull-out")) {
                session.cancel();
              }
            });

    assertThat(reset.state()).isEqualTo(State.CANCELLED);
    assertThat(Desk.lastWords(reset)).contains("key.session-cancelled");
    assertThat(key.hasPin()).isTrue();
  }

  @Test
  void doesNotTakeAProblemOfTheTransportForAKeyThatWasPulledOut() {
    desk.session("u1", plugged, PIN);
    AtomicInteger lists = new AtomicInteger();

    KeySession reset =
        desk.reset(
            plugged,
            Optional.empty(),
            (session, words) -> {
              if (words.startsWith("session.pull-out")) {
                desk.list(each -> listed(each, lists.incrementAndGet(), session));
              }
            });

    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.CANCELLED);
    assertThat(reset.entries())
        .noneMatch(entry -> entry.message().toString().startsWith("session.plug-in"));
    assertThat(key.hasPin()).isTrue();
  }

  /** The transport fails, works again, and then the person gives up. */
  private static KeyDescriptor listed(KeyDescriptor each, int time, KeySession session) {
    if (time <= 2) {
      throw new PluginException(Reason.UNAVAILABLE, "No hub.");
    }
    if (time == 4) {
      session.cancel();
    }
    return each;
  }

  @Test
  void leavesAKeyOfAnotherModelThanTheOneMeantAlone() {
    long keyId = desk.session("u1", plugged, PIN).keyId().orElseThrow();
    PluggedKey other = desk.plug(VirtualKey.builder().model(Model.CTAP_2_0).build());

    KeySession reset = desk.reset(other, Optional.of(keyId), this::obey);

    assertThat(reset.state()).isEqualTo(State.FAILED);
    assertThat(Desk.lastWords(reset)).contains("key.another-model");
  }

  @Test
  void wantsATypedConfirmation() {
    long keyId = desk.session("u1", plugged, PIN).keyId().orElseThrow();
    core.get(SecurityKeys.class).tag(Desk.OPERATOR, keyId, "YK-0001");
    KeyResetSteps steps = core.get(KeyResetSteps.class);

    assertThatThrownBy(() -> steps.confirm(request("yes"), plugged))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("key.reset-unconfirmed");
    for (String word : List.of(" Erase ", "yk-0001", plugged.descriptor().product())) {
      assertThatCode(() -> steps.confirm(request(word), plugged)).doesNotThrowAnyException();
    }
  }

  private static KeyReset request(String confirmation) {
    return new KeyReset("virtual", "any", Optional.empty(), false, confirmation);
  }

  /** A person who does as told. */
  private void obey(KeySession session, String words) {
    if (words.startsWith("session.pull-out")) {
      key.unplug();
    } else if (words.startsWith("session.plug-in")) {
      key.plugIn();
    }
  }
}
