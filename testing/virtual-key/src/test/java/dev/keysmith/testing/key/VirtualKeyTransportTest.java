package dev.keysmith.testing.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.MovableClock;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class VirtualKeyTransportTest {

  private static final byte[] GET_INFO = {0x04};
  private static final byte[] SELECTION = {0x0B};
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MovableClock clock = new MovableClock();
  private final VirtualKeyTransport transport = new VirtualKeyTransport(clock);
  private final VirtualKey key =
      VirtualKey.builder().clock(clock).serialNumber("7").touch(TouchPolicy.byHand()).build();
  private final String id = transport.add(key);

  private static void assertFails(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PluginException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void listsTheKeysThatAreThere() {
    String other = transport.add(VirtualKey.builder().build());

    assertThat(transport.listKeys()).extracting(KeyDescriptor::id).containsExactly(id, other);
    transport.unplug(id);
    assertThat(transport.listKeys()).extracting(KeyDescriptor::id).containsExactly(other);
    transport.plug(id);
    assertThat(transport.listKeys().get(0).serialNumber()).contains("7");
    transport.remove(other);
    assertThat(transport.listKeys()).extracting(KeyDescriptor::id).containsExactly(id);
  }

  @Test
  void opensAKeyForOneCallerAtATime() {
    KeyConnection first = transport.open(id);

    assertFails(Reason.KEY_BUSY, () -> transport.open(id));
    first.close();
    first.close();
    try (KeyConnection second = transport.open(id)) {
      assertThat(second.exchange(GET_INFO, MINUTE, KeepAliveListener.NONE)[0]).isZero();
    }
    assertThat(key.requestsSeen(0x04)).isEqualTo(1);
  }

  @Test
  void givesUpWhenTheTimeIsOverAndStaysUsable() {
    try (KeyConnection connection = transport.open(id)) {
      assertFails(
          Reason.TIMED_OUT,
          () ->
              connection.exchange(
                  SELECTION, Duration.ofSeconds(5), s -> clock.advance(Duration.ofSeconds(3))));

      assertThat(connection.exchange(GET_INFO, MINUTE, KeepAliveListener.NONE)[0]).isZero();
    }
  }

  @Test
  void answersACancelledRequestWithWhatTheKeySays() {
    try (KeyConnection connection = transport.open(id)) {
      assertThat(connection.exchange(SELECTION, MINUTE, s -> connection.cancel()))
          .containsExactly(0x2D);
    }
  }

  @Test
  void endsTheExchangeWhenTheConnectionIsClosed() {
    KeyConnection connection = transport.open(id);

    assertFails(
        Reason.KEY_ABSENT, () -> connection.exchange(SELECTION, MINUTE, s -> connection.close()));
  }

  @Test
  void doesNotReviveAConnectionWhenTheKeyComesBack() {
    KeyConnection connection = transport.open(id);
    transport.unplug(id);

    assertFails(Reason.KEY_ABSENT, () -> transport.open(id));
    transport.plug(id);

    assertFails(
        Reason.KEY_ABSENT, () -> connection.exchange(GET_INFO, MINUTE, KeepAliveListener.NONE));
    try (KeyConnection next = transport.open(id)) {
      connection.close();
      assertThat(next.exchange(GET_INFO, MINUTE, KeepAliveListener.NONE)[0]).isZero();
    }
  }

  @Test
  void knowsNoKeyThatWasTakenAway() {
    transport.remove(id);

    assertFails(Reason.KEY_ABSENT, () -> transport.open(id));
  }
}
