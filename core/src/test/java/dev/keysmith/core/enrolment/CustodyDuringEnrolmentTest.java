package dev.keysmith.core.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.custody.PasskeyDisposal;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.Desk;
import dev.keysmith.core.session.KeyPolicy;
import dev.keysmith.core.session.KeySession;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator takes a key away while it waits for the touch of its owner, at another desk. */
class CustodyDuringEnrolmentTest {

  private static final String PIN = "482913";

  @RegisterExtension final Core core = new Core();

  private final KeyLifecycle keys = core.get(KeyLifecycle.class);
  private Desk desk;
  private VirtualKey key;
  private PluggedKey plugged;
  private long passkeyId;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1", "u2");
    key = VirtualKey.builder().build();
    plugged = desk.plug(key);
    passkeyId = desk.assign("u1");
    key.touchPolicy(TouchPolicy.byHand());
  }

  private KeySession atTheTouch(java.util.function.LongConsumer act) {
    AtomicBoolean acted = new AtomicBoolean();
    return desk.session(
        "u1",
        plugged,
        PIN,
        KeyPolicy.NONE,
        (session, entry) -> {
          if (entry.touch() && acted.compareAndSet(false, true)) {
            act.accept(session.keyId().orElseThrow());
            key.touch();
          }
        });
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }

  @Test
  void endsInNothingWhereTheKeyWasPutBackInStock() {
    KeySession session = atTheTouch(id -> keys.restock(Desk.OPERATOR, id, PasskeyDisposal.REVOKE));
    core.deliver();

    assertThat(session.results()).noneMatch(KeySession.Result::active);
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(core.get(SecurityKeys.class).find(session.keyId().orElseThrow()).state())
        .isEqualTo(SecurityKey.State.IN_STOCK);
    assertThat(core.get(EnrolmentJournal.class).known(passkeyId)).as("to be settled").isEmpty();
  }

  @Test
  void decidesNothingAboutAPasskeyThatThePersonHasNotSeen() {
    KeySession session =
        atTheTouch(
            id -> {
              refused(
                  "key.passkeys-changed",
                  () -> keys.lose(Desk.OPERATOR, id, PasskeyDisposal.REVOKE.seeing(List.of())));
              refused(
                  "key.passkeys-changed",
                  () -> keys.restock(Desk.OPERATOR, id, PasskeyDisposal.REVOKE.seeing(List.of())));
            });

    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(KeySession.State.DONE);
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.ACTIVE);
  }
}
