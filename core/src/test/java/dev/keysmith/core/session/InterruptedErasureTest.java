package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.enrolment.ScriptedProvider.Crash;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key was asked to erase itself, and what became of that was not recorded. */
class InterruptedErasureTest {

  private static final String PIN = "482913";
  private static final byte RESET = 7;

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private VirtualKey key;
  private PluggedKey plugged;
  private long passkeyId;
  private long keyId;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1");
    key = VirtualKey.builder().build();
    plugged = desk.plug(key);
    passkeyId = desk.assign("u1");
    keyId = desk.session("u1", plugged, PIN).keyId().orElseThrow();
  }

  /** What happens when the key has answered the command that erases it. */
  private void onceErased(Runnable then) {
    desk.connectOver(connection -> new AfterReset(connection, then));
  }

  private record AfterReset(KeyConnection key, Runnable then) implements KeyConnection {

    @Override
    public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
      byte[] answer = key.exchange(request, timeout, listener);
      if (request[0] == RESET) {
        then.run();
      }
      return answer;
    }

    @Override
    public void cancel() {
      key.cancel();
    }

    @Override
    public void close() {
      key.close();
    }
  }

  private void obey(KeySession session, String words) {
    if (words.startsWith("session.pull-out")) {
      key.unplug();
    } else if (words.startsWith("session.plug-in")) {
      key.plugIn();
    }
  }

  private KeySession reset() {
    return desk.reset(plugged, Optional.of(keyId), this::obey);
  }

  private Passkey.State state() {
    return core.get(Passkeys.class).find(passkeyId).state();
  }

  private long told() {
    return core.get(Audit.class)
        .list(PageRequest.first().with("action", "key.reset-unknown"))
        .total();
  }

  @Test
  void revokesThePasskeysAfterTheServerHasEndedBeforeTheRecord() {
    onceErased(() -> core.breakWith(new Crash()));
    assertThatThrownBy(this::reset).isInstanceOf(Crash.class);
    assertThat(key.credentials()).isEmpty();
    assertThat(state()).isEqualTo(Passkey.State.ACTIVE);

    core.deliverAfter(Duration.ofMinutes(6));

    assertThat(state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(told()).isEqualTo(1);
  }

  @Test
  void revokesThePasskeysOfAKeyThatWasGoneBeforeItsAnswer() {
    onceErased(
        () -> {
          key.unplug();
          throw new PluginException(Reason.KEY_ABSENT, "The security key was pulled out.");
        });

    KeySession session = reset();
    core.deliver();

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(session.entries())
        .anyMatch(entry -> entry.message().is(SessionMessage.ERASURE_UNKNOWN));
    assertThat(state()).isEqualTo(Passkey.State.REVOKED);
    core.deliverAfter(Duration.ofHours(1));
    assertThat(told()).as("it is decided once").isEqualTo(1);
  }

  /** The key is asked afterwards: one that has its PIN still has erased nothing. */
  @Test
  void keepsThePasskeysOfAKeyThatHasRefused() {
    KeySession session =
        desk.reset(
            plugged,
            Optional.of(keyId),
            (running, words) -> {
              obey(running, words);
              if (words.startsWith("session.erasing")) {
                key.touchPolicy(dev.keysmith.testing.key.model.TouchPolicy.byHand());
              } else if (words.startsWith("session.touch")) {
                running.cancel();
              }
            });
    core.deliverAfter(Duration.ofHours(1));

    assertThat(session.state()).isEqualTo(State.CANCELLED);
    assertThat(state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(told()).isZero();
  }

  @Test
  void revokesNothingAfterAnErasureThatWasRecorded() {
    assertThat(reset().state()).isEqualTo(State.DONE);
    core.deliverAfter(Duration.ofHours(1));

    assertThat(told()).isZero();
    assertThat(core.get(SecurityKeys.class).find(keyId).state())
        .isEqualTo(SecurityKey.State.IN_STOCK);
  }

  @Test
  void revokesNothingByARowThatWasWrittenPastTheServer() throws Exception {
    onceErased(() -> core.breakWith(new Crash()));
    assertThatThrownBy(this::reset).isInstanceOf(Crash.class);
    core.inTransaction(
        () ->
            core.entities()
                .createNativeQuery("update pending_erasure set actor_id = '7'")
                .executeUpdate());

    core.deliverAfter(Duration.ofMinutes(6));

    assertThat(state()).isEqualTo(Passkey.State.ACTIVE);
  }
}
