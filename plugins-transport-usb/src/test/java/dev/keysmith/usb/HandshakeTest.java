package dev.keysmith.usb;

import static dev.keysmith.usb.Connections.LITTLE;
import static dev.keysmith.usb.Connections.LONG;
import static dev.keysmith.usb.Connections.assertStillUsable;
import static dev.keysmith.usb.Connections.bytes;
import static dev.keysmith.usb.Connections.failure;
import static dev.keysmith.usb.Connections.reasonOf;
import static dev.keysmith.usb.ScriptedKey.BROADCAST;
import static dev.keysmith.usb.ScriptedKey.ERROR;
import static dev.keysmith.usb.ScriptedKey.INIT;
import static dev.keysmith.usb.ScriptedKey.KEEPALIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How a channel to a key is opened. */
@Timeout(60)
class HandshakeTest {

  private final AtomicInteger closings = new AtomicInteger();

  private UsbConnection open(ScriptedKey key) {
    return Connections.open(key, closings::incrementAndGet);
  }

  @Test
  void ignoresInitAnswersThatAreForSomebodyElse() {
    ScriptedKey key =
        new ScriptedKey() {
          @Override
          void onInit(int channel, byte[] nonce) {
            byte[] other = nonce.clone();
            other[7] ^= 1;
            send(channel, INIT, initAnswer(other, 0x66666666));
            send(channel, KEEPALIVE, (byte) 1);
            send(0x77777777, INIT, initAnswer(nonce, 0x66666666));
            super.onInit(channel, nonce);
          }
        };
    key.toHost.add(ScriptedKey.packet(0x77777777, 5).array());
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          assertThat(channel).isEqualTo(0x0A0B0C01);
          key.echo(channel, command, data);
        };
    assertThat(connection.exchange(bytes(9), LONG, KeepAliveListener.NONE)).isEqualTo(bytes(9));
  }

  @Test
  void refusesAKeyThatKnowsOnlyU2fAndGivesItBack() {
    ScriptedKey key = new ScriptedKey();
    key.capabilities = 0x01;
    assertThat(reasonOf(() -> open(key))).isEqualTo(Reason.REJECTED);
    assertThat(key.closed).isTrue();
    assertThat(closings).hasValue(0);
  }

  @Test
  void waitsForAKeyThatIsBusyWhenItIsOpened() {
    AtomicInteger inits = new AtomicInteger();
    ScriptedKey key =
        new ScriptedKey() {
          @Override
          void onInit(int channel, byte[] nonce) {
            if (inits.incrementAndGet() < 3) {
              send(channel, ERROR, (byte) 0x06);
            } else {
              super.onInit(channel, nonce);
            }
          }
        };
    assertStillUsable(open(key), key);
    assertThat(inits).hasValue(3);
  }

  @Test
  void takesANewChannelFromAKeyThatHasForgottenTheOld() {
    ScriptedKey key =
        new ScriptedKey() {
          @Override
          void onInit(int channel, byte[] nonce) {
            if (channel == BROADCAST) {
              super.onInit(channel, nonce);
            } else {
              send(channel, ERROR, (byte) 0x0B);
            }
          }
        };
    UsbConnection connection = open(key);
    key.script = (channel, command, data) -> key.send(channel, ERROR, (byte) 0x0B);
    assertThat(failure(connection, LONG)).isEqualTo(Reason.UNAVAILABLE);
    key.script =
        (channel, command, data) -> {
          assertThat(channel).isEqualTo(0x0A0B0C02);
          key.echo(channel, command, data);
        };
    assertThat(connection.exchange(bytes(5), LONG, KeepAliveListener.NONE)).isEqualTo(bytes(5));
  }

  private interface Answer {
    void to(ScriptedKey key, int channel, byte[] nonce);
  }

  private static Arguments answers(String what, Reason reason, Answer answer) {
    return Arguments.of(what, reason, answer);
  }

  private static byte[] wrong(byte[] nonce) {
    byte[] wrong = nonce.clone();
    wrong[0] ^= 1;
    return wrong;
  }

  static Stream<Arguments> hostileKeys() {
    return Stream.of(
        answers("nothing", Reason.UNAVAILABLE, (key, channel, nonce) -> {}),
        answers(
            "for another nonce, for ever",
            Reason.UNAVAILABLE,
            (key, channel, nonce) ->
                key.repeat(
                    ScriptedKey.message(channel, INIT, key.initAnswer(wrong(nonce), 0x0A0B0C01)))),
        answers(
            "on another channel, for ever",
            Reason.UNAVAILABLE,
            (key, channel, nonce) ->
                key.repeat(ScriptedKey.message(7, INIT, key.initAnswer(nonce, 0x0A0B0C01)))),
        answers(
            "signs of life for ever",
            Reason.UNAVAILABLE,
            (key, channel, nonce) ->
                key.repeat(ScriptedKey.message(channel, KEEPALIVE, new byte[] {2}))),
        answers(
            "that it is busy, for ever",
            Reason.KEY_BUSY,
            (key, channel, nonce) ->
                key.repeat(ScriptedKey.message(channel, ERROR, new byte[] {6}))),
        answers(
            "that it is locked",
            Reason.KEY_BUSY,
            (key, channel, nonce) -> key.send(channel, ERROR, (byte) 0x0A)),
        answers(
            "an error without a code",
            Reason.UNAVAILABLE,
            (key, channel, nonce) -> key.send(channel, ERROR)),
        answers(
            "the channel that is reserved",
            Reason.UNAVAILABLE,
            (key, channel, nonce) -> key.send(channel, INIT, key.initAnswer(nonce, 0))),
        answers(
            "the channel of all",
            Reason.UNAVAILABLE,
            (key, channel, nonce) -> key.send(channel, INIT, key.initAnswer(nonce, BROADCAST))),
        answers(
            "too little",
            Reason.UNAVAILABLE,
            (key, channel, nonce) ->
                key.repeat(
                    ScriptedKey.message(
                        channel, INIT, Arrays.copyOf(key.initAnswer(nonce, 0x0A0B0C01), 16)))),
        answers(
            "more than one packet",
            Reason.UNAVAILABLE,
            (key, channel, nonce) ->
                key.send(channel, INIT, Arrays.copyOf(key.initAnswer(nonce, 0x0A0B0C01), 100))),
        answers(
            "packets that are too short",
            Reason.UNAVAILABLE,
            (key, channel, nonce) ->
                key.repeat(
                    Arrays.copyOf(
                        ScriptedKey.message(channel, INIT, key.initAnswer(nonce, 1)), 30))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileKeys")
  void givesUpOnAKeyThatAnswers(String what, Reason reason, Answer answer) {
    ScriptedKey key =
        new ScriptedKey() {
          @Override
          void onInit(int channel, byte[] nonce) {
            answer.to(this, channel, nonce);
          }
        };
    assertThat(reasonOf(() -> Connections.open(key, LITTLE, closings::incrementAndGet)))
        .isEqualTo(reason);
    assertThat(key.closed).isTrue();
    assertThat(closings).hasValue(0);
  }
}
