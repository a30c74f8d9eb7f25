package dev.keysmith.testing.key.hid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.MovableClock;
import dev.keysmith.spi.PluginException;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualHidDeviceTest {

  private static final int PING = 0x01;
  private static final int LOCK = 0x04;
  private static final int INIT = 0x06;
  private static final int CBOR = 0x10;
  private static final int CANCEL = 0x11;
  private static final int KEEPALIVE = 0x3B;
  private static final int ERROR = 0x3F;
  private static final byte[] GET_INFO = {0x04};
  private static final byte[] SELECTION = {0x0B};

  private final MovableClock clock = new MovableClock();
  private final VirtualKey key =
      VirtualKey.builder().clock(clock).touch(TouchPolicy.byHand()).build();
  private final VirtualHidDevice device = new VirtualHidDevice(key);
  private final HidHost host = new HidHost(device);

  private void assertError(int channel, int code) {
    HidHost.Message message = host.receive();
    assertThat(message.channel()).isEqualTo(channel);
    assertThat(message.command()).isEqualTo(ERROR);
    assertThat(message.data()).containsExactly(code);
  }

  private void assertSilent() {
    assertThat(device.read(Duration.ZERO)).isEmpty();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }

  @Test
  void givesEachHostAChannelAndSaysWhatItCan() {
    host.send(HidHost.BROADCAST, INIT, bytes(8));
    HidHost.Message answer = host.receive();

    assertThat(answer.data()).hasSize(17).startsWith(bytes(8));
    assertThat(answer.data()[12]).isEqualTo((byte) 2);
    assertThat(answer.data()[16]).isEqualTo((byte) 0x0D);
    assertThat(host.open()).isNotEqualTo(host.open());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 57, 58, 116, 117, 1000, 7609})
  void echoesAPingOfAnyLength(int length) {
    int channel = host.open();

    host.send(channel, PING, bytes(length));

    assertThat(host.receive().data()).isEqualTo(bytes(length));
  }

  @Test
  void refusesAMessageThatIsTooLong() {
    int channel = host.open();

    host.sendFirst(channel, PING, bytes(7610));

    assertError(channel, 0x03);
  }

  @Test
  void carriesCborToTheKeyAndBack() {
    int channel = host.open();

    host.send(channel, CBOR, GET_INFO);

    byte[] response = host.answer().data();
    assertThat(response).isEqualTo(key.exchange(GET_INFO, s -> {}));
    assertThat(response.length).isGreaterThan(57 + 59);
  }

  @Test
  void saysThatItWaitsForATouch() {
    int channel = host.open();

    host.send(channel, CBOR, SELECTION);
    HidHost.Message keepAlive = host.receive();
    HidHost.Message second = host.receive();
    key.touch();

    assertThat(keepAlive.command()).isEqualTo(KEEPALIVE);
    assertThat(keepAlive.data()).containsExactly(2);
    assertThat(second.command()).isEqualTo(KEEPALIVE);
    assertThat(host.answer().data()).containsExactly(0);
  }

  @Test
  void cancelsWhatWaitsOnThatChannelOnly() {
    int channel = host.open();
    int other = host.open();
    host.send(channel, CBOR, SELECTION);
    host.receive();

    host.send(other, CANCEL, new byte[0]);
    assertThat(host.receive().command()).isEqualTo(KEEPALIVE);
    host.send(channel, CANCEL, new byte[0]);

    assertThat(host.answer().data()).containsExactly(0x2D);
    assertSilent();
  }

  @Test
  void ignoresACancellationOfNothing() {
    host.send(host.open(), CANCEL, new byte[0]);

    assertSilent();
  }

  @Test
  void isBusyForOthersWhileItWorks() {
    int channel = host.open();
    int other = host.open();
    host.send(channel, CBOR, SELECTION);
    host.receive();

    host.send(other, PING, bytes(1));

    HidHost.Message refusal = host.answer();
    assertThat(refusal.channel()).isEqualTo(other);
    assertThat(refusal.data()).containsExactly(0x06);
    key.touch();
    assertThat(host.answer().channel()).isEqualTo(channel);
  }

  @Test
  void isBusyForOthersWhileItReceives() {
    int channel = host.open();
    int other = host.open();
    byte[] message = bytes(100);
    host.sendFirst(channel, PING, message);

    host.send(other, PING, bytes(1));
    assertError(other, 0x06);
    host.sendNext(channel, 0, java.util.Arrays.copyOfRange(message, 57, 100));

    assertThat(host.receive().data()).isEqualTo(message);
  }

  @Test
  void startsAfreshOnAChannelThatIsInitializedAgain() {
    int channel = host.open();
    host.send(channel, CBOR, SELECTION);
    host.receive();

    host.send(channel, INIT, bytes(8));
    HidHost.Message answer = host.answer();
    assertThat(answer.command()).isEqualTo(INIT);
    host.send(channel, PING, bytes(3));

    assertThat(host.answer().data()).isEqualTo(bytes(3));
  }

  @Test
  void refusesChannelsThatItDidNotGive() {
    host.send(0, PING, bytes(1));
    assertError(0, 0x0B);
    host.send(0x1234, PING, bytes(1));
    assertError(0x1234, 0x0B);
    host.send(HidHost.BROADCAST, PING, bytes(1));
    assertError(HidHost.BROADCAST, 0x0B);
  }

  @Test
  void refusesPacketsOutOfOrder() {
    int channel = host.open();
    host.sendFirst(channel, PING, bytes(200));

    host.sendNext(channel, 1, bytes(59));

    assertError(channel, 0x04);
    host.sendNext(channel, 0, bytes(59));
    assertSilent();
  }

  @Test
  void refusesASecondMessageInTheMiddleOfTheFirst() {
    int channel = host.open();
    host.sendFirst(channel, PING, bytes(200));

    host.sendFirst(channel, PING, bytes(200));

    assertError(channel, 0x04);
  }

  @Test
  void givesUpOnAMessageThatStops() {
    int channel = host.open();
    host.sendFirst(channel, PING, bytes(200));
    clock.advance(Duration.ofMillis(500));
    assertSilent();
    clock.advance(Duration.ofMillis(1));

    assertError(channel, 0x05);
    host.send(channel, PING, bytes(1));
    assertThat(host.receive().data()).isEqualTo(bytes(1));
  }

  @Test
  void refusesCommandsThatItDoesNotKnow() {
    int channel = host.open();

    host.send(channel, 0x03, bytes(7));
    assertError(channel, 0x01);
    host.send(channel, CBOR, new byte[0]);
    assertError(channel, 0x03);
  }

  @Test
  void winks() {
    int channel = host.open();

    host.send(channel, 0x08, new byte[0]);

    assertThat(host.receive().data()).isEmpty();
    assertThat(device.winks()).isEqualTo(1);
  }

  @Test
  void isLockedForOthersAsLongAsAsked() {
    int channel = host.open();
    int other = host.open();
    host.send(channel, LOCK, new byte[] {5});
    assertThat(host.receive().command()).isEqualTo(LOCK);

    host.send(other, PING, bytes(1));
    assertError(other, 0x06);
    host.send(channel, PING, bytes(1));
    assertThat(host.receive().command()).isEqualTo(PING);
    clock.advance(Duration.ofSeconds(5));
    host.send(other, PING, bytes(1));
    assertThat(host.receive().command()).isEqualTo(PING);
    host.send(channel, LOCK, new byte[] {11});
    assertError(channel, 0x02);
  }

  @Test
  void failsForGoodOncePulledOut() {
    int channel = host.open();
    host.send(channel, CBOR, SELECTION);
    host.receive();
    key.unplug();

    assertAbsent();
    key.plugIn();
    assertAbsent();
    assertThat(new HidHost(new VirtualHidDevice(key)).open()).isNotZero();
  }

  private void assertAbsent() {
    assertThatThrownBy(() -> device.read(HidHost.PATIENCE))
        .isInstanceOfSatisfying(
            PluginException.class,
            e -> assertThat(e.reason()).isEqualTo(PluginException.Reason.KEY_ABSENT));
    assertThatThrownBy(() -> device.write(new byte[64])).isInstanceOf(PluginException.class);
  }
}
