package dev.keysmith.usb;

import static dev.keysmith.usb.Connections.CANCELLED;
import static dev.keysmith.usb.Connections.LONG;
import static dev.keysmith.usb.Connections.SHORT;
import static dev.keysmith.usb.Connections.assertStillUsable;
import static dev.keysmith.usb.Connections.bytes;
import static dev.keysmith.usb.Connections.failure;
import static dev.keysmith.usb.Connections.reasonOf;
import static dev.keysmith.usb.ScriptedKey.CANCEL;
import static dev.keysmith.usb.ScriptedKey.CBOR;
import static dev.keysmith.usb.ScriptedKey.INIT;
import static dev.keysmith.usb.ScriptedKey.KEEPALIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are ended before the key has answered. */
@Timeout(30)
class CancellationTest {

  private final AtomicInteger closings = new AtomicInteger();

  private UsbConnection open(ScriptedKey key) {
    return Connections.open(key, closings::incrementAndGet);
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
}
