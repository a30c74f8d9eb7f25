package dev.keysmith.usb;

import static dev.keysmith.usb.Connections.LONG;
import static dev.keysmith.usb.Connections.assertStillUsable;
import static dev.keysmith.usb.Connections.bytes;
import static dev.keysmith.usb.Connections.failure;
import static dev.keysmith.usb.Connections.reasonOf;
import static dev.keysmith.usb.ScriptedKey.CBOR;
import static dev.keysmith.usb.ScriptedKey.ERROR;
import static dev.keysmith.usb.ScriptedKey.KEEPALIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeepAliveListener.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an open key is asked, and what it answers. */
@Timeout(30)
class UsbConnectionTest {

  private final AtomicInteger closings = new AtomicInteger();

  private UsbConnection open(ScriptedKey key) {
    return Connections.open(key, closings::incrementAndGet);
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
}
