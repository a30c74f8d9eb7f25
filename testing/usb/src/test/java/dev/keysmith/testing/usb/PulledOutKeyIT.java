package dev.keysmith.testing.usb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.hid.HidFault;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.key.usb.FidoFunction;
import dev.keysmith.testing.key.usb.UsbDevice;
import dev.keysmith.testing.key.usb.UsbIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** A key is pulled out at every moment of its work. */
@InGuest
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class PulledOutKeyIT {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] GET_INFO = {0x04};
  private static final byte[] SELECTION = {0x0B};

  private final Room room;
  private final GuestTransport transport;
  private final VirtualKey key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
  private final FidoFunction fido = FidoFunction.of(key, 0x81, 0x01, 5);
  private final UsbDevice device = UsbDevice.securityKey(fido);

  PulledOutKeyIT(Guest guest, Room room) {
    this.room = room;
    this.transport = GuestTransport.start(guest);
  }

  @BeforeEach
  void plugIn() {
    room.port(1).plug(device);
  }

  @AfterEach
  void pullOut() {
    room.port(1).unplug();
    room.port(2).unplug();
    transport.awaitKeys(0);
  }

  @AfterAll
  void quit() {
    transport.quit();
  }

  private String onlyKey() {
    return transport.awaitKeys(1).get(0).id();
  }

  @Test
  void whileItWaitsForATouch() {
    KeyConnection connection = transport.open(onlyKey());
    Waiting waiting = Waiting.on(connection, SELECTION);
    waiting.awaitTouchNeeded();
    room.port(1).unplug();
    Failures.assertFails(waiting::response, Reason.KEY_ABSENT, "pulled out");
    connection.close();
  }

  @Test
  void betweenTwoExchanges() {
    KeyConnection connection = transport.open(onlyKey());
    connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE);
    room.port(1).unplug();
    transport.awaitKeys(0);
    Failures.assertFails(
        () -> connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE),
        Reason.KEY_ABSENT,
        "pulled out");
    connection.cancel();
    connection.close();
  }

  @Test
  void inTheMiddleOfAnAnswer() {
    KeyConnection connection = transport.open(onlyKey());
    fido.inject(HidFault.UNPLUG_IN_TRANSFER);
    Failures.assertFails(
        () -> connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE),
        Reason.KEY_ABSENT,
        "pulled out");
    connection.close();
  }

  @Test
  void whileItIsBeingOpened() throws InterruptedException {
    EchoKey mute = EchoKey.mute();
    UsbIdentity identity = new UsbIdentity(0x1050, 0x0407, "Maker", "Mute", Optional.empty());
    room.port(2).plug(new UsbDevice(identity, List.of(mute)));
    String muteId =
        transport.awaitKeys(2).stream()
            .filter(each -> each.product().equals("Mute"))
            .map(KeyDescriptor::id)
            .findFirst()
            .orElseThrow();
    CompletableFuture<KeyConnection> opening =
        CompletableFuture.supplyAsync(
            () -> transport.open(muteId), task -> new Thread(task).start());
    mute.awaitAddressed();
    room.port(2).unplug();
    Failures.assertFails(() -> Waiting.result(opening), Reason.KEY_ABSENT, "pulled out");
    // The other one is none the worse for it.
    transport.open(onlyKey()).close();
  }

  @Test
  void andItsIdIsNotReused() {
    String before = onlyKey();
    room.port(1).unplug();
    transport.awaitKeys(0);
    room.port(1).plug(device);
    assertThat(onlyKey()).isNotEqualTo(before);
    Failures.assertFails(() -> transport.open(before), Reason.KEY_ABSENT, "not plugged in");
    try (KeyConnection connection = transport.open(onlyKey())) {
      assertThat(connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE)[0]).isZero();
    }
  }

  @Test
  void andPluggedInAgainWhileTheOldConnectionIsStillOpen() {
    KeyConnection old = transport.open(onlyKey());
    room.port(1).unplug();
    transport.awaitKeys(0);
    room.port(1).plug(device);
    try (KeyConnection connection = transport.open(onlyKey())) {
      assertThat(connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE)[0]).isZero();
      Failures.assertFails(
          () -> old.exchange(GET_INFO, LONG, KeepAliveListener.NONE),
          Reason.KEY_ABSENT,
          "pulled out");
      old.close();
      assertThat(connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE)[0]).isZero();
    }
  }

  @Test
  void withoutDisturbingAnother() {
    VirtualKey other = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    KeyConnection connection = transport.open(onlyKey());
    Waiting waiting = Waiting.on(connection, SELECTION);
    waiting.awaitTouchNeeded();
    room.port(2).plug(UsbDevice.securityKey(other));
    transport.awaitKeys(2);
    room.port(2).unplug();
    transport.awaitKeys(1);
    key.touch();
    assertThat(waiting.response()).containsExactly(0);
    connection.close();
  }

  /** Many more rounds, to look for rare accidents: {@code -Dkeysmith.usb.rounds=200}. */
  @Test
  void againAndAgainInTheMidstOfWork() {
    Random random = new Random(7);
    key.touchPolicy(TouchPolicy.automatic());
    for (int round = Integer.getInteger("keysmith.usb.rounds", 5); round > 0; round--) {
      String keyId = onlyKey();
      CountDownLatch enough = new CountDownLatch(1 + random.nextInt(12));
      CompletableFuture<Void> work =
          CompletableFuture.runAsync(() -> workOn(keyId, enough), task -> new Thread(task).start());
      Waiting.await(enough);
      room.port(1).unplug();
      Failures.assertFails(() -> Waiting.result(work), Reason.KEY_ABSENT, "");
      transport.awaitKeys(0);
      room.port(1).plug(device);
    }
    key.touchPolicy(TouchPolicy.byHand());
  }

  private void workOn(String keyId, CountDownLatch enough) {
    while (true) {
      try (KeyConnection connection = transport.open(keyId)) {
        enough.countDown();
        connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE);
        enough.countDown();
        connection.exchange(SELECTION, LONG, KeepAliveListener.NONE);
        enough.countDown();
      }
    }
  }

  @Test
  void andTheWatchTellsIt() {
    String before = onlyKey();
    String watch = transport.startWatch();
    assertThat(transport.told(watch, 0)).extracting(KeyDescriptor::id).containsExactly(before);
    KeyConnection connection = transport.open(before);
    room.port(1).unplug();
    assertThat(transport.told(watch, 1)).isEmpty();
    connection.close();
    room.port(1).plug(device);
    assertThat(transport.told(watch, 2))
        .hasSize(1)
        .extracting(KeyDescriptor::id)
        .doesNotContain(before);
    transport.stopWatch(watch);
  }
}
