package dev.keysmith.usb;

import static dev.keysmith.usb.ScriptedKey.BROADCAST;
import static dev.keysmith.usb.ScriptedKey.CANCEL;
import static dev.keysmith.usb.ScriptedKey.CBOR;
import static dev.keysmith.usb.ScriptedKey.ERROR;
import static dev.keysmith.usb.ScriptedKey.INIT;
import static dev.keysmith.usb.ScriptedKey.KEEPALIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeepAliveListener.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class UsbConnectionTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final byte[] CANCELLED = {0x2D};

  private final AtomicInteger closings = new AtomicInteger();

  private UsbConnection open(ScriptedKey key) {
    return UsbConnection.open(key, new Random(1), closings::incrementAndGet);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static Reason reasonOf(Runnable call) {
    PluginException e = catchThrowableOfType(PluginException.class, call::run);
    assertThat(e).isNotNull();
    assertThat(e).hasMessageMatching("(?s).{10,}\\.");
    return e.reason();
  }

  private static Reason failure(UsbConnection connection, Duration timeout) {
    return reasonOf(() -> connection.exchange(bytes(3), timeout, KeepAliveListener.NONE));
  }

  private static void assertStillUsable(UsbConnection connection, ScriptedKey key) {
    key.script = key::echo;
    byte[] request = bytes(200);
    assertThat(connection.exchange(request, LONG, KeepAliveListener.NONE)).isEqualTo(request);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 56, 57, 58, 115, 116, 117, 7550, 7551, 7608, 7609})
  void carriesMessagesOfEverySizeAroundTheBordersOfPackets(int size) {
    UsbConnection connection = open(ScriptedKey.echo());
    byte[] request = bytes(size);
    assertThat(connection.exchange(request, LONG, KeepAliveListener.NONE)).isEqualTo(request);
  }

  @Test
  void refusesRequestsThatNoKeyCouldTake() {
    UsbConnection connection = open(ScriptedKey.echo());
    for (int size : new int[] {0, 7610}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> connection.exchange(new byte[size], LONG, KeepAliveListener.NONE));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connection.exchange(bytes(1), Duration.ZERO, KeepAliveListener.NONE));
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
  void givesUpOnAKeyThatDoesNotAnswerInit() {
    ScriptedKey key =
        new ScriptedKey() {
          @Override
          void onInit(int channel, byte[] nonce) {}
        };
    assertThat(reasonOf(() -> open(key))).isEqualTo(Reason.UNAVAILABLE);
    assertThat(key.closed).isTrue();
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
  void tellsTheListenerWhatTheKeyWaitsFor() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          key.send(channel, KEEPALIVE, (byte) 1);
          key.send(channel, KEEPALIVE, (byte) 9);
          key.send(channel, KEEPALIVE);
          key.send(channel, KEEPALIVE, (byte) 2);
          key.send(channel, CBOR, bytes(70));
        };
    List<Status> heard = new ArrayList<>();
    assertThat(connection.exchange(bytes(3), LONG, heard::add)).isEqualTo(bytes(70));
    assertThat(heard).containsExactly(Status.PROCESSING, Status.USER_PRESENCE_NEEDED);
  }

  @Test
  void endsWithWhatTheKeyAnswersWhenAnotherThreadCancels() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          if (command == CBOR) {
            key.send(channel, KEEPALIVE, (byte) 2);
          } else if (command == CANCEL) {
            key.send(channel, CBOR, CANCELLED);
          }
        };
    byte[] answer =
        connection.exchange(
            bytes(3), LONG, status -> CompletableFuture.runAsync(connection::cancel).join());
    assertThat(answer).isEqualTo(CANCELLED);
    assertStillUsable(connection, key);
  }

  @Test
  void sendsNoCancelBetweenThePacketsOfARequest() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          if (command == CANCEL) {
            key.send(channel, CBOR, CANCELLED);
          }
        };
    key.onPacket = connection::cancel;
    assertThat(connection.exchange(bytes(500), LONG, KeepAliveListener.NONE)).isEqualTo(CANCELLED);
    assertThat(key.commands()).containsExactly(INIT, CBOR, CANCEL);
  }

  @Test
  void cancelsNothingWhenNoExchangeIsUnderWay() {
    ScriptedKey key = ScriptedKey.echo();
    UsbConnection connection = open(key);
    connection.cancel();
    assertStillUsable(connection, key);
    connection.cancel();
    assertThat(key.commands()).containsExactly(INIT, CBOR);
  }

  @Test
  void cancelsAtTheKeyWhenTheTimeIsOver() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          if (command == CANCEL) {
            key.send(channel, KEEPALIVE, (byte) 2);
            key.send(channel, CBOR, CANCELLED);
          }
        };
    assertThat(failure(connection, SHORT)).isEqualTo(Reason.TIMED_OUT);
    assertStillUsable(connection, key);
    assertThat(key.commands()).containsExactly(INIT, CBOR, CANCEL, CBOR);
  }

  @Test
  void keepsTheAnswerOfAKeyThatFinishesWhileItIsCancelled() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          if (command == CANCEL) {
            key.send(channel, CBOR, bytes(300));
          }
        };
    assertThat(connection.exchange(bytes(3), SHORT, KeepAliveListener.NONE)).isEqualTo(bytes(300));
  }

  @Test
  void doesNotTakeALateAnswerForThatToTheNextRequest() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    assertThat(failure(connection, SHORT)).isEqualTo(Reason.TIMED_OUT);
    key.send(0x0A0B0C01, CBOR, bytes(100));
    assertStillUsable(connection, key);
    assertThat(key.commands()).containsExactly(INIT, CBOR, CANCEL, INIT, CBOR);
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

  @Test
  void asksAgainWhileTheKeyServesAnotherChannel() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    AtomicInteger requests = new AtomicInteger();
    key.script =
        (channel, command, data) -> {
          if (requests.incrementAndGet() < 3) {
            key.send(channel, ERROR, (byte) 0x06);
          } else {
            key.echo(channel, command, data);
          }
        };
    assertThat(connection.exchange(bytes(90), LONG, KeepAliveListener.NONE)).isEqualTo(bytes(90));
    assertThat(requests).hasValue(3);
  }

  @Test
  void saysThatTheKeyIsBusyWhenItStaysSo() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          if (command == CBOR) {
            key.send(channel, ERROR, (byte) 0x06);
          }
        };
    assertThat(failure(connection, Duration.ofMillis(250))).isEqualTo(Reason.KEY_BUSY);
    assertThat(key.commands().stream().filter(c -> c == CBOR).count()).isBetween(2L, 4L);
    assertStillUsable(connection, key);
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

  @Test
  void doesNotWaitForEverForAKeyThatOnlyShowsSignsOfLife() {
    ScriptedKey key =
        new ScriptedKey() {
          @Override
          public byte[] read(Duration timeout) {
            byte[] packet = super.read(Duration.ZERO);
            return packet.length > 0 || !commands().contains(CBOR)
                ? packet
                : packet(0x0A0B0C01, KEEPALIVE).putShort((short) 1).put((byte) 2).array();
          }
        };
    UsbConnection connection = open(key);
    assertThat(failure(connection, SHORT)).isEqualTo(Reason.TIMED_OUT);
  }

  @Test
  void noticesThatTheKeyIsPulledOutInTheMiddleOfARequest() {
    ScriptedKey key = ScriptedKey.echo();
    UsbConnection connection = open(key);
    AtomicInteger packets = new AtomicInteger();
    key.onPacket =
        () -> {
          if (packets.incrementAndGet() == 3) {
            key.unplug();
          }
        };
    assertThat(reasonOf(() -> connection.exchange(bytes(900), LONG, KeepAliveListener.NONE)))
        .isEqualTo(Reason.KEY_ABSENT);
    assertThat(failure(connection, LONG)).isEqualTo(Reason.KEY_ABSENT);
  }

  @Test
  void noticesThatTheKeyIsPulledOutInTheMiddleOfAnAnswer() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          key.toHost.add(ScriptedKey.packet(channel, CBOR).putShort((short) 200).array());
          key.unplug();
        };
    assertThat(failure(connection, LONG)).isEqualTo(Reason.KEY_ABSENT);
    connection.cancel();
    connection.close();
    assertThat(closings).hasValue(1);
  }

  @Test
  void takesOneExchangeAtATime() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          key.send(channel, KEEPALIVE, (byte) 1);
          key.send(channel, CBOR, bytes(2));
        };
    AtomicReference<Throwable> second = new AtomicReference<>();
    connection.exchange(
        bytes(3),
        LONG,
        status -> {
          try {
            connection.exchange(bytes(3), LONG, KeepAliveListener.NONE);
          } catch (IllegalStateException e) {
            second.set(e);
          }
        });
    assertThat(second.get()).isNotNull();
    assertStillUsable(connection, key);
  }

  @Test
  void isUsableAfterAListenerHasFailed() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script =
        (channel, command, data) -> {
          if (command == CBOR) {
            key.send(channel, KEEPALIVE, (byte) 2);
          } else {
            key.send(channel, CBOR, CANCELLED);
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                connection.exchange(
                    bytes(3),
                    LONG,
                    status -> {
                      throw new IllegalStateException();
                    }));
    assertThat(key.commands()).endsWith(CANCEL);
    assertStillUsable(connection, key);
  }

  @Test
  void cancelsAtTheKeyWhenTheWaitingThreadIsInterrupted() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    Thread waiting = Thread.currentThread();
    key.script =
        (channel, command, data) -> {
          if (command == CBOR) {
            waiting.interrupt();
          }
        };
    assertThat(failure(connection, LONG)).isEqualTo(Reason.UNAVAILABLE);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(key.commands()).containsExactly(INIT, CBOR, CANCEL);
    assertStillUsable(connection, key);
  }

  @Test
  void endsTheExchangeUnderWayWhenItIsClosed() throws Exception {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    CountDownLatch asked = new CountDownLatch(1);
    key.script =
        (channel, command, data) -> {
          if (command == CBOR) {
            asked.countDown();
          } else {
            key.send(channel, CBOR, CANCELLED);
          }
        };
    CompletableFuture<byte[]> exchange =
        CompletableFuture.supplyAsync(
            () -> connection.exchange(bytes(3), LONG, KeepAliveListener.NONE));
    asked.await();
    connection.close();
    assertThat(exchange.join()).isEqualTo(CANCELLED);
    assertThat(key.closed).isTrue();
    connection.close();
    assertThat(closings).hasValue(1);
    assertThat(failure(connection, LONG)).isEqualTo(Reason.KEY_ABSENT);
  }

  @Test
  void canBeClosedByItsOwnListener() {
    ScriptedKey key = new ScriptedKey();
    UsbConnection connection = open(key);
    key.script = (channel, command, data) -> key.send(channel, KEEPALIVE, (byte) 2);
    assertThat(reasonOf(() -> connection.exchange(bytes(3), LONG, status -> connection.close())))
        .isEqualTo(Reason.KEY_ABSENT);
    assertThat(closings).hasValue(1);
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
}
