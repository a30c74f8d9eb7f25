package dev.keysmith.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PacketQueueTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Queue<Runnable> toCome = new ArrayDeque<>();
  private final List<Duration> waits = new ArrayList<>();
  private final PacketQueue queue = new PacketQueue(this::await);

  private void await(Duration atMost) {
    waits.add(atMost);
    if (!toCome.isEmpty()) {
      toCome.remove().run();
    } else if (!atMost.isZero()) {
      LockSupport.parkNanos(atMost.toNanos());
    }
  }

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
  void asksForPacketsUntilThereIsOne() {
    toCome.add(() -> {});
    toCome.add(() -> queue.add(packet(3)));
    assertThat(queue.take(LONG)).containsExactly(3);
    assertThat(waits).hasSize(2).allMatch(wait -> wait.compareTo(LONG) <= 0 && !wait.isZero());
  }

  @Test
  void takesWhatHasComeWithoutWaiting() {
    toCome.add(() -> queue.add(packet(5)));
    assertThat(queue.take(Duration.ZERO)).containsExactly(5);
    assertThat(queue.take(Duration.ZERO)).isEmpty();
    assertThat(waits).containsExactly(Duration.ZERO, Duration.ZERO);
  }

  @Test
  void givesUpWhenTheTimeIsOver() {
    assertThat(queue.take(Duration.ofMillis(20))).isEmpty();
    assertThat(waits).isNotEmpty();
  }

  @Test
  void noticesThatTheKeyIsGoneWhileItWaits() {
    toCome.add(() -> queue.end(UsbError::absent));
    assertThat(reasonOfTake(LONG)).isEqualTo(Reason.KEY_ABSENT);
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
