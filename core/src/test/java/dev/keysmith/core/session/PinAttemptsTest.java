package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.KeyMessage;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Quirks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A wrong PIN is told with what is left, and a key that takes no PIN is not called fit. */
class PinAttemptsTest {

  private static final String PIN = "482913";
  private static final String WRONG = "739251";

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private VirtualKey key;
  private PluggedKey plugged;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1");
    key = VirtualKey.builder().build();
    plugged = desk.plug(key);
    desk.session("u1", plugged, PIN);
  }

  @Test
  void looksAtWhatIsOnAKeyTellHowManyTriesAreLeft() {
    ProblemException first = lookWith(WRONG);
    assertThat(first.code()).isEqualTo("key.pin-wrong");
    assertThat(first.message()).isEqualTo(Message.of(KeyMessage.PIN_WRONG, 7));
    assertThat(lookWith(WRONG).message()).isEqualTo(Message.of(KeyMessage.PIN_WRONG, 6));
    assertThat(lookWith(WRONG).code()).isEqualTo("key.pin-paused");
    assertThat(lookWith(PIN).code()).isEqualTo("key.pin-paused");
    assertThat(key.pinRetries()).isEqualTo(5);
  }

  @Test
  void aKeyThatMustBePluggedInAgainIsNotFitUntilItWas() {
    for (int i = 0; i < 3; i++) {
      lookWith(WRONG);
    }
    assertThat(examined().obstacles()).extracting(Message::code).containsExactly("key.pin-paused");
    KeySession refused = desk.session("u1", plugged, PIN);
    assertThat(refused.entries())
        .extracting(entry -> entry.message().code())
        .containsOnly("key.pin-paused");

    replug();

    assertThat(examined().obstacles()).isEmpty();
    assertThat(desk.session("u1", plugged, PIN).state()).isEqualTo(State.DONE);
  }

  @Test
  void aKeyWithoutATryIsNeverFit() {
    long passkey = desk.assign("u1");
    block();

    assertThat(lookWith(PIN).code()).isEqualTo("key.pin-blocked");
    assertThat(examined().pinAttempts()).contains(0);
    assertThat(examined().obstacles()).extracting(Message::code).containsExactly("key.pin-blocked");
    KeySession refused = desk.session("u1", plugged, PIN);
    assertThat(refused.state()).isEqualTo(State.FAILED);
    assertThat(refused.entries())
        .extracting(entry -> entry.message().code())
        .containsExactly("key.pin-blocked");
    assertThat(core.get(Passkeys.class).find(passkey).state()).isEqualTo(Passkey.State.ASSIGNED);
  }

  @Test
  void theLastTryEndsWithWordsForABlockedPin() {
    for (int left = 7; left > 0; left--) {
      lookWith(WRONG);
      replug();
    }
    assertThat(key.pinRetries()).isEqualTo(1);
    assertThat(lookWith(WRONG).code()).isEqualTo("key.pin-blocked");
  }

  @Test
  void aKeyWhoseMinimumIsAbsurdGetsAPinOfTheStandard() {
    VirtualKey absurd = VirtualKey.builder().build();
    PluggedKey other = desk.plug(absurd);
    for (long length : new long[] {64, 20_000_000, Integer.MAX_VALUE}) {
      absurd.quirks(Quirks.NONE.telling(0x0D, length).telling(0x1D, length));
      assertThat(examined(other).pinRules().minLength()).isEqualTo(63);
      assertThat(examined(other).pinRules().random(new java.security.SecureRandom())).hasSize(63);
    }
  }

  private void block() {
    while (key.pinRetries() > 0) {
      lookWith(WRONG);
      replug();
    }
  }

  private void replug() {
    key.unplug();
    key.plugIn();
  }

  private KeyExaminations.Examination examined() {
    return examined(plugged);
  }

  private KeyExaminations.Examination examined(PluggedKey which) {
    return core.get(KeyExaminations.class).examine(which.transport(), which.descriptor().id());
  }

  private ProblemException lookWith(String pin) {
    return catchThrowableOfType(
        ProblemException.class,
        () ->
            core.get(KeyExaminations.class)
                .contents(
                    Desk.OPERATOR,
                    plugged.transport(),
                    plugged.descriptor().id(),
                    pin.toCharArray()));
  }
}
