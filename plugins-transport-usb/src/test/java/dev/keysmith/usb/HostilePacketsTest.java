package dev.keysmith.usb;

import static dev.keysmith.usb.Connections.CANCELLED;
import static dev.keysmith.usb.Connections.LONG;
import static dev.keysmith.usb.Connections.SHORT;
import static dev.keysmith.usb.Connections.assertStillUsable;
import static dev.keysmith.usb.Connections.bytes;
import static dev.keysmith.usb.Connections.failure;
import static dev.keysmith.usb.ScriptedKey.BROADCAST;
import static dev.keysmith.usb.ScriptedKey.CANCEL;
import static dev.keysmith.usb.ScriptedKey.CBOR;
import static dev.keysmith.usb.ScriptedKey.ERROR;
import static dev.keysmith.usb.ScriptedKey.INIT;
import static dev.keysmith.usb.ScriptedKey.KEEPALIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is untrusted: whatever it sends, an exchange ends in time, and in words. */
@Timeout(60)
class HostilePacketsTest {

  private static UsbConnection open(ScriptedKey key) {
    Timeouts little = Connections.LITTLE;
    Timeouts usual = Timeouts.USUAL;
    // As long as usual where the key does answer, so that a busy machine spoils nothing.
    Timeouts patience =
        new Timeouts(
            usual.busy(),
            usual.busyPause(),
            little.cancelGrace(),
            little.resynchronisation(),
            little.packetGap());
    return Connections.open(key, patience, () -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "0x01, UNAVAILABLE", "0x02, UNAVAILABLE", "0x03, UNAVAILABLE", "0x04, UNAVAILABLE",
    "0x05, UNAVAILABLE", "0x0A, KEY_BUSY", "0x0B, UNAVAILABLE", "0x7F, UNAVAILABLE",
    "0x42, UNAVAILABLE"
  })
  void putsEachErrorOfTheKeyIntoWords(String code, Reason reason) {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          if (command == CBOR) {
            key.send(channel, ERROR, Integer.decode(code).byteValue());
          }
        };
    assertThat(failure(connection, LONG)).isEqualTo(reason);
    assertStillUsable(connection, key);
  }

  private static Arguments malformed(String what, BiConsumer<ScriptedKey, Integer> answer) {
    return Arguments.of(what, answer);
  }

  static Stream<Arguments> malformedAnswers() {
    return Stream.of(
        malformed("no data", (key, channel) -> key.send(channel, CBOR)),
        malformed("another command", (key, channel) -> key.send(channel, 0x81, bytes(3))),
        malformed(
            "oversize",
            (key, channel) ->
                key.toHost.add(ScriptedKey.packet(channel, CBOR).putShort((short) 7610).array())),
        malformed(
            "continuation alone",
            (key, channel) -> key.toHost.add(ScriptedKey.packet(channel, 0).array())),
        malformed(
            "lost packet",
            (key, channel) -> {
              key.toHost.add(ScriptedKey.packet(channel, CBOR).putShort((short) 200).array());
              key.toHost.add(ScriptedKey.packet(channel, 1).array());
            }),
        malformed(
            "packet twice",
            (key, channel) -> {
              key.toHost.add(ScriptedKey.packet(channel, CBOR).putShort((short) 200).array());
              key.toHost.add(ScriptedKey.packet(channel, 0).array());
              key.toHost.add(ScriptedKey.packet(channel, 0).array());
            }),
        malformed(
            "begun anew",
            (key, channel) -> {
              key.toHost.add(ScriptedKey.packet(channel, CBOR).putShort((short) 200).array());
              key.send(channel, CBOR, bytes(3));
            }),
        malformed(
            "error in the middle",
            (key, channel) -> {
              key.toHost.add(ScriptedKey.packet(channel, CBOR).putShort((short) 200).array());
              key.send(channel, ERROR, (byte) 0x7F);
            }),
        malformed("error without code", (key, channel) -> key.send(channel, ERROR)),
        malformed(
            "short packet",
            (key, channel) ->
                key.toHost.add(Arrays.copyOf(ScriptedKey.packet(channel, CBOR).array(), 20))),
        malformed(
            "only a part",
            (key, channel) ->
                key.toHost.add(ScriptedKey.packet(channel, CBOR).putShort((short) 200).array())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformedAnswers")
  void refusesWhatIsNotAnAnswerAndCanBeUsedAfterwards(
      String what, BiConsumer<ScriptedKey, Integer> answer) {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          if (command == CBOR) {
            answer.accept(key, channel);
          }
        };
    assertThat(failure(connection, LONG)).isEqualTo(Reason.UNAVAILABLE);
    assertStillUsable(connection, key);
  }

  @Test
  void passesOverPacketsOfOtherChannelsAndEmptyReads() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.toHost.add(ScriptedKey.packet(0x0A0B0C01, CBOR).putShort((short) 1).array());
    key.script =
        (channel, command, data) -> {
          byte[] answer = bytes(130);
          key.send(channel + 1, CBOR, bytes(200));
          key.toHost.add(new byte[2]);
          key.send(channel, CBOR, answer);
          List<byte[]> packets = new ArrayList<>();
          key.toHost.drainTo(packets);
          for (byte[] packet : packets) {
            key.toHost.add(packet);
            key.toHost.add(ScriptedKey.packet(BROADCAST, KEEPALIVE).putShort((short) 1).array());
          }
        };
    assertThat(connection.exchange(bytes(3), LONG, KeepAliveListener.NONE)).isEqualTo(bytes(130));
  }

  /** Random packets, many of them nearly right: each exchange ends, and the last one works. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void endsWhateverTheKeySends(long seed) {
    Random random = new Random(seed);
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          if (command == CANCEL) {
            key.send(channel, CBOR, CANCELLED);
            return;
          }
          IntConsumer garbage =
              i -> key.toHost.add(garbage(random, random.nextInt(4) == 0 ? ~channel : channel));
          random.ints(random.nextInt(20)).forEach(garbage);
        };
    for (int i = 0; i < 100; i++) {
      try {
        byte[] answer = connection.exchange(bytes(1 + i), SHORT, KeepAliveListener.NONE);
        assertThat(answer).hasSizeBetween(1, 7609);
      } catch (PluginException e) {
        assertThat(e.reason()).isIn(Reason.UNAVAILABLE, Reason.TIMED_OUT, Reason.KEY_BUSY);
      }
    }
    assertStillUsable(connection, key);
  }

  private static byte[] garbage(Random random, int channel) {
    byte[] packet = new byte[random.nextInt(8) == 0 ? random.nextInt(80) : 64];
    random.nextBytes(packet);
    int[] marks = {CBOR, KEEPALIVE, ERROR, INIT, CANCEL, 0, 1, 2, random.nextInt(256)};
    if (packet.length >= 7) {
      ByteBuffer.wrap(packet)
          .putInt(channel)
          .put((byte) marks[random.nextInt(marks.length)])
          .putShort((short) random.nextInt(random.nextInt(10) == 0 ? 0x10000 : 200));
    }
    return packet;
  }

  private static Arguments endless(String what, Reason reason, IntFunction<byte[]> packet) {
    return Arguments.of(what, reason, packet);
  }

  static Stream<Arguments> endlessKeys() {
    return Stream.of(
        endless("empty packets", Reason.TIMED_OUT, channel -> new byte[0]),
        endless("packets of zeros", Reason.TIMED_OUT, channel -> new byte[64]),
        endless(
            "that it computes",
            Reason.TIMED_OUT,
            channel -> ScriptedKey.message(channel, KEEPALIVE, new byte[] {1})),
        endless(
            "that it waits for a touch",
            Reason.TIMED_OUT,
            channel -> ScriptedKey.message(channel, KEEPALIVE, new byte[] {2})),
        endless(
            "signs of life without a meaning",
            Reason.TIMED_OUT,
            channel -> ScriptedKey.message(channel, KEEPALIVE, new byte[0])),
        endless(
            "answers on another channel",
            Reason.TIMED_OUT,
            channel -> ScriptedKey.message(channel + 1, CBOR, new byte[] {0})),
        endless(
            "answers on the channel of all",
            Reason.TIMED_OUT,
            channel -> ScriptedKey.message(BROADCAST, CBOR, new byte[] {0})),
        endless(
            "errors on another channel",
            Reason.TIMED_OUT,
            channel -> ScriptedKey.message(channel ^ 0x100, ERROR, new byte[] {6})),
        endless(
            "that it is busy",
            Reason.KEY_BUSY,
            channel -> ScriptedKey.message(channel, ERROR, new byte[] {6})),
        endless(
            "that the channel is invalid",
            Reason.UNAVAILABLE,
            channel -> ScriptedKey.message(channel, ERROR, new byte[] {0x0B})),
        endless(
            "continuations of nothing",
            Reason.UNAVAILABLE,
            channel -> ScriptedKey.packet(channel, 5).array()),
        endless(
            "beginnings of messages",
            Reason.UNAVAILABLE,
            channel -> ScriptedKey.packet(channel, CBOR).putShort((short) 7609).array()),
        endless(
            "messages of 65,535 bytes",
            Reason.UNAVAILABLE,
            channel -> ScriptedKey.packet(channel, CBOR).putShort((short) -1).array()),
        endless(
            "long signs of life",
            Reason.UNAVAILABLE,
            channel -> ScriptedKey.packet(channel, KEEPALIVE).putShort((short) 7609).array()),
        endless(
            "answers without data",
            Reason.UNAVAILABLE,
            channel -> ScriptedKey.message(channel, CBOR, new byte[0])),
        endless(
            "answers to a U2F request",
            Reason.UNAVAILABLE,
            channel -> ScriptedKey.message(channel, 0x83, new byte[] {0})),
        endless(
            "answers to INIT for a foreign nonce",
            Reason.UNAVAILABLE,
            channel -> ScriptedKey.message(channel, INIT, new byte[17])));
  }

  /** The key does so until it is asked to synchronise, which it ignores too while it is hostile. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("endlessKeys")
  void givesUpWithinItsTimeOnAKeyThatSendsWithoutEnd(
      String what, Reason reason, IntFunction<byte[]> packet) {
    ScriptedKey key =
        new ScriptedKey() {
          @Override
          void onInit(int channel, byte[] nonce) {
            if (!isRepeating()) {
              super.onInit(channel, nonce);
            }
          }
        };
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          if (command == CBOR) {
            key.repeat(packet.apply(channel));
          }
        };
    assertThat(failure(connection, Duration.ofMillis(200))).isEqualTo(reason);
    assertThat(failure(connection, SHORT)).isIn(reason, Reason.UNAVAILABLE);
    key.repeat(null);
    assertStillUsable(connection, key);
  }
}
