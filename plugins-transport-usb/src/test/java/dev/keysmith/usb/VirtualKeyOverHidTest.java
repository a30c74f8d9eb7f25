package dev.keysmith.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeepAliveListener.Status;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.hid.HidFault;
import dev.keysmith.testing.key.hid.VirtualHidDevice;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A whole security key, made apart from the code that is tested. */
@Timeout(30)
class VirtualKeyOverHidTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final byte[] GET_INFO = {0x04};
  private static final byte[] SELECTION = {0x0B};
  private static final byte OK = 0x00;
  private static final byte KEEPALIVE_CANCEL = 0x2D;

  private final VirtualKey key = VirtualKey.builder().build();
  private final VirtualHidDevice device = new VirtualHidDevice(key);

  /** The device as a pipe. */
  private record Reports(VirtualHidDevice device) implements PacketPipe {

    @Override
    public void write(byte[] packet) {
      device.write(packet);
    }

    @Override
    public byte[] read(Duration timeout) {
      return device.read(timeout).orElse(new byte[0]);
    }

    @Override
    public void close() {
      device.abandon();
    }
  }

  private UsbConnection open() {
    return UsbConnection.open(new Reports(device), new Random(1), () -> {});
  }

  private static byte[] ask(UsbConnection connection, byte[] request) {
    return connection.exchange(request, LONG, KeepAliveListener.NONE);
  }

  private static Reason reasonOf(Runnable call) {
    PluginException e = catchThrowableOfType(PluginException.class, call::run);
    assertThat(e).isNotNull();
    return e.reason();
  }

  private static void assertWorks(UsbConnection connection) {
    byte[] info = ask(connection, GET_INFO);
    assertThat(info).hasSizeGreaterThan(100);
    assertThat(info[0]).isEqualTo(OK);
  }

  @Test
  void asksAKeyWhatItIs() {
    assertWorks(open());
  }

  @Test
  void reportsThatTheKeyWaitsForATouch() {
    key.touchPolicy(TouchPolicy.byHand());
    List<Status> heard = Collections.synchronizedList(new ArrayList<>());
    byte[] answer =
        open()
            .exchange(
                SELECTION,
                LONG,
                status -> {
                  heard.add(status);
                  if (status == Status.USER_PRESENCE_NEEDED) {
                    key.touch();
                  }
                });
    assertThat(answer).containsExactly(OK);
    assertThat(heard).contains(Status.USER_PRESENCE_NEEDED);
  }

  @Test
  void cancelsWhatNobodyTouches() {
    key.touchPolicy(TouchPolicy.never());
    UsbConnection connection = open();
    byte[] answer =
        connection.exchange(
            SELECTION, LONG, status -> CompletableFuture.runAsync(connection::cancel).join());
    assertThat(answer).containsExactly(KEEPALIVE_CANCEL);
    assertWorks(connection);
  }

  @Test
  void canBeUsedAgainAfterATimeOut() {
    key.touchPolicy(TouchPolicy.never());
    UsbConnection connection = open();
    assertThat(reasonOf(() -> connection.exchange(SELECTION, SHORT, KeepAliveListener.NONE)))
        .isEqualTo(Reason.TIMED_OUT);
    assertThat(key.waitsForTouch()).isFalse();
    assertWorks(connection);
  }

  @ParameterizedTest
  @EnumSource(
      value = HidFault.class,
      names = {"FOREIGN_CHANNEL", "ZERO_LENGTH_READS", "KEEP_ALIVE_FLOOD", "CHANNEL_BUSY"})
  void passesOverWhatDoesNotConcernIt(HidFault fault) {
    UsbConnection connection = open();
    device.inject(fault);
    assertWorks(connection);
    assertWorks(connection);
  }

  @ParameterizedTest
  @EnumSource(
      value = HidFault.class,
      names = {"WRONG_SEQUENCE", "OVERSIZE_ANSWER"})
  void refusesABrokenAnswerAndCanBeUsedAgain(HidFault fault) {
    UsbConnection connection = open();
    device.inject(fault);
    assertThat(reasonOf(() -> ask(connection, GET_INFO))).isEqualTo(Reason.UNAVAILABLE);
    assertWorks(connection);
  }

  @Test
  void doesNotTakeTheAnswerToSomebodyElsesInit() {
    device.inject(HidFault.STALE_REPORT);
    assertWorks(open());
  }

  @Test
  void givesUpOnARequestThatIsNeverAnsweredAndCanBeUsedAgain() {
    UsbConnection connection = open();
    device.inject(HidFault.SILENCE);
    assertThat(reasonOf(() -> connection.exchange(GET_INFO, SHORT, KeepAliveListener.NONE)))
        .isEqualTo(Reason.TIMED_OUT);
    assertWorks(connection);
  }

  @Test
  void noticesThatTheKeyIsPulledOutInTheMiddleOfAnAnswer() {
    UsbConnection connection = open();
    device.inject(HidFault.UNPLUG_IN_TRANSFER);
    assertThat(reasonOf(() -> ask(connection, GET_INFO))).isEqualTo(Reason.KEY_ABSENT);
    connection.close();
  }

  @Test
  void noticesThatTheKeyIsPulledOutWhileItWaitsForATouch() {
    key.touchPolicy(TouchPolicy.never());
    UsbConnection connection = open();
    assertThat(reasonOf(() -> connection.exchange(SELECTION, LONG, status -> key.unplug())))
        .isEqualTo(Reason.KEY_ABSENT);
  }

  @Test
  void opensAKeyAgainThatWasClosedInTheMiddleOfARequest() throws Exception {
    key.touchPolicy(TouchPolicy.never());
    UsbConnection first = open();
    CompletableFuture<Void> waits = new CompletableFuture<>();
    CompletableFuture<byte[]> exchange =
        CompletableFuture.supplyAsync(
            () -> first.exchange(SELECTION, LONG, status -> waits.complete(null)));
    waits.join();
    first.close();
    assertThat(exchange.get()).containsExactly(KEEPALIVE_CANCEL);
    assertWorks(open());
  }

  /** Every fault, in every order that the seed gives: nothing hangs and the key works again. */
  @ParameterizedTest
  @EnumSource(
      value = HidFault.class,
      names = {"UNPLUG_IN_TRANSFER", "SILENCE"},
      mode = Mode.EXCLUDE)
  void survivesFaultsThatComeTogether(HidFault first) {
    UsbConnection connection = open();
    Random random = new Random(first.ordinal());
    for (int i = 0; i < 5; i++) {
      device.inject(first);
      HidFault second = HidFault.values()[random.nextInt(HidFault.values().length)];
      if (second != HidFault.UNPLUG_IN_TRANSFER) {
        device.inject(second);
      }
      try {
        assertThat(connection.exchange(GET_INFO, SHORT, KeepAliveListener.NONE)).isNotEmpty();
      } catch (PluginException e) {
        assertThat(e.reason()).isIn(Reason.UNAVAILABLE, Reason.TIMED_OUT, Reason.KEY_BUSY);
      }
    }
    for (int i = 0; i < 3; i++) {
      try {
        ask(connection, GET_INFO);
      } catch (PluginException e) {
        // A fault that had not had its turn yet.
      }
    }
    assertWorks(connection);
  }
}
