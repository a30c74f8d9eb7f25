package dev.keysmith.testing.key.hid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.PluginException;
import dev.keysmith.testing.key.VirtualKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HidFaultTest {

  private static final int PING = 0x01;
  private static final int CBOR = 0x10;

  private final VirtualKey key = VirtualKey.builder().build();
  private final VirtualHidDevice device = new VirtualHidDevice(key);
  private final HidHost host = new HidHost(device);
  private final int channel = host.open();

  private void assertHealthy() {
    host.send(channel, PING, new byte[300]);
    assertThat(host.receive().data()).hasSize(300);
  }

  @Test
  void sendsAReportForAForeignChannelFirst() {
    device.inject(HidFault.FOREIGN_CHANNEL);
    host.send(channel, PING, new byte[1]);

    assertThat(host.receive().channel()).isNotEqualTo(channel);
    assertThat(host.receive().channel()).isEqualTo(channel);
    assertHealthy();
  }

  @Test
  void miscountsOnce() {
    device.inject(HidFault.WRONG_SEQUENCE);
    host.send(channel, PING, new byte[150]);

    host.report();
    assertThat(host.report()[4]).isEqualTo((byte) 0);
    assertThat(host.report()[4]).isEqualTo((byte) 2);
    assertHealthy();
  }

  @Test
  void sendsEmptyReadsInBetween() {
    device.inject(HidFault.ZERO_LENGTH_READS);
    host.send(channel, PING, new byte[100]);

    assertThat(host.report()).hasSize(64);
    assertThat(host.report()).isEmpty();
    assertThat(host.report()).hasSize(64);
    assertThat(host.report()).isEmpty();
    assertHealthy();
  }

  @Test
  void floodsTheHostWithKeepAlives() {
    device.inject(HidFault.KEEP_ALIVE_FLOOD);
    host.send(channel, CBOR, new byte[] {0x04});
    int keepAlives = 0;
    HidHost.Message message = host.receive();
    while (message.command() == 0x3B) {
      keepAlives++;
      message = host.receive();
    }

    assertThat(keepAlives).isEqualTo(1000);
    assertThat(message.data()[0]).isZero();
    assertHealthy();
  }

  @Test
  void announcesMoreThanFits() {
    device.inject(HidFault.OVERSIZE_ANSWER);
    host.send(channel, CBOR, new byte[] {0x0B});
    byte[] report = host.report();
    while (report[4] == (byte) 0xBB) {
      report = host.report();
    }

    assertThat(ByteBuffer.wrap(report).getShort(5)).isEqualTo((short) 7610);
    assertHealthy();
  }

  @Test
  void answersAnInitOfSomebodyElseFirst() {
    device.inject(HidFault.STALE_REPORT);
    byte[] nonce = {8, 7, 6, 5, 4, 3, 2, 1};
    host.send(HidHost.BROADCAST, 0x06, nonce);

    assertThat(Arrays.copyOf(host.receive().data(), 8)).isNotEqualTo(nonce);
    assertThat(host.receive().data()).startsWith(nonce);
    assertHealthy();
  }

  @Test
  void isPulledOutAfterTheFirstReport() {
    device.inject(HidFault.UNPLUG_IN_TRANSFER);
    host.send(channel, PING, new byte[100]);

    assertThat(host.report()).hasSize(64);
    assertThatThrownBy(host::report).isInstanceOf(PluginException.class);
    assertThat(key.plugged()).isFalse();
  }

  @Test
  void isBusyOnce() {
    device.inject(HidFault.CHANNEL_BUSY);
    host.send(channel, PING, new byte[1]);

    assertThat(host.receive().data()).containsExactly(0x06);
    assertHealthy();
  }

  @Test
  void saysNothingOnce() {
    device.inject(HidFault.SILENCE);
    host.send(channel, PING, new byte[1]);

    assertThat(device.read(Duration.ZERO)).isEmpty();
    assertHealthy();
  }
}
