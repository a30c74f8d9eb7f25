package dev.keysmith.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PacketQueueTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final PacketQueue queue = new PacketQueue();

  private static byte[] packet(int value) {
    return new byte[] {(byte) value};
  }

  private Reason reasonOfTake(Duration timeout) {
    return catchThrowableOfType(PluginException.class, () -> queue.take(timeout)).reason();
  }

  @Test
  void keepsTheOrder() {
    queue.add(packet(1));
    queue.add(packet(2));
    assertThat(queue.take(LONG)).containsExactly(1);
    assertThat(queue.take(Duration.ZERO)).containsExactly(2);
    assertThat(queue.take(Duration.ZERO)).isEmpty();
  }

  @Test
  void wakesAReaderUp() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<byte[]> reader =
        CompletableFuture.supplyAsync(
            () -> {
              started.countDown();
              return queue.take(LONG);
            });
    started.await();
    queue.add(packet(3));
    assertThat(reader.join()).containsExactly(3);
  }

  @Test
  void losesTheOldestWhenItIsFlooded() {
    for (int i = 0; i < 1000; i++) {
      queue.add(packet(i % 100));
    }
    int count = 0;
    byte[] last = {};
    for (byte[] next = queue.take(Duration.ZERO); next.length > 0; count++) {
      last = next;
      next = queue.take(Duration.ZERO);
    }
    assertThat(count).isBetween(130, 300);
    assertThat(last).containsExactly(99);
  }

  @Test
  void givesWhatIsThereBeforeItSaysThatTheKeyIsGone() {
    queue.add(packet(4));
    queue.end(UsbError::absent);
    queue.end(() -> new PluginException(Reason.UNAVAILABLE, "Later."));
    assertThat(queue.take(LONG)).containsExactly(4);
    assertThat(reasonOfTake(LONG)).isEqualTo(Reason.KEY_ABSENT);
    assertThat(reasonOfTake(LONG)).isEqualTo(Reason.KEY_ABSENT);
  }

  @Test
  void endsWhenTheReaderIsInterruptedWhichItStays() {
    Thread.currentThread().interrupt();
    assertThat(reasonOfTake(LONG)).isEqualTo(Reason.UNAVAILABLE);
    assertThat(Thread.interrupted()).isTrue();
  }
}
