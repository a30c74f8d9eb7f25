package dev.keysmith.spi.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.keysmith.spi.PluginException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every watch keeps to (KEY-6 to KEY-8). A transport's test extends this and says how keys
 * come and go.
 */
@Timeout(120)
public abstract class KeyWatchContract {

  /** The transport under test, the same for a whole test, without keys at first. */
  protected abstract KeyTransport transport();

  /** Plugs one more key in. */
  protected abstract void plugIn();

  /** Pulls out the key that was plugged in last. */
  protected abstract void pullOut();

  private final HeardKeys heard = new HeardKeys();

  @Test
  void tellsFirstThatThereIsNothing() {
    try (KeyWatch watch = transport().watch(heard)) {
      assertThat(heard.nextKeys()).isEmpty();
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void tellsFirstWhatIsThereAsTheListDoes() {
    plugIn();
    plugIn();
    try (KeyWatch watch = transport().watch(heard)) {
      assertThat(heard.nextKeys()).hasSize(2).isEqualTo(transport().listKeys());
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void tellsOfEachKeyThatComesAndGoes() {
    try (KeyWatch watch = transport().watch(heard)) {
      assertThat(heard.nextKeys()).isEmpty();
      plugIn();
      assertThat(heard.nextKeys()).hasSize(1);
      plugIn();
      assertThat(heard.nextKeys()).hasSize(2).isEqualTo(transport().listKeys());
      pullOut();
      assertThat(heard.nextKeys()).hasSize(1);
      pullOut();
      assertThat(heard.nextKeys()).isEmpty();
      assertThat(heard.overlapping()).isFalse();
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void leavesAnOpenKeyInTheListAndTellsOfItsRemoval() {
    plugIn();
    try (KeyWatch watch = transport().watch(heard)) {
      List<KeyDescriptor> keys = heard.nextKeys();
      KeyConnection open = transport().open(keys.get(0).id());
      plugIn();
      assertThat(heard.nextKeys()).hasSize(2).contains(keys.get(0));
      pullOut();
      assertThat(heard.nextKeys()).isEqualTo(keys);
      pullOut();
      assertThat(heard.nextKeys()).isEmpty();
      assertThatCode(open::close).doesNotThrowAnyException();
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void servesSeveralListenersAndForgetsTheOneThatHasClosed() {
    HeardKeys other = new HeardKeys();
    try (KeyWatch watch = transport().watch(heard)) {
      KeyWatch second = transport().watch(other);
      assertThat(heard.nextKeys()).isEmpty();
      assertThat(other.nextKeys()).isEmpty();
      second.close();
      second.close();
      plugIn();
      assertThat(heard.nextKeys()).hasSize(1);
      pullOut();
      assertThat(heard.nextKeys()).isEmpty();
      assertThat(other.hasMore()).isFalse();
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void goesOnAfterAListenerHasFailed() {
    try (KeyWatch watch =
        transport()
            .watch(
                listener(
                    keys -> {
                      heard.onKeys(keys);
                      throw new IllegalStateException("the listener's own fault");
                    }))) {
      assertThat(heard.nextKeys()).isEmpty();
      plugIn();
      assertThat(heard.nextKeys()).hasSize(1);
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void canBeClosedByItsOwnListener() throws InterruptedException {
    AtomicReference<KeyWatch> watch = new AtomicReference<>();
    CountDownLatch opened = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    watch.set(
        transport()
            .watch(
                listener(
                    keys -> {
                      calls.incrementAndGet();
                      awaitQuietly(opened);
                      watch.get().close();
                      heard.onKeys(keys);
                    })));
    opened.countDown();
    assertThat(heard.nextKeys()).isEmpty();
    plugIn();
    HeardKeys later = new HeardKeys();
    try (KeyWatch second = transport().watch(later)) {
      assertThat(later.until(keys -> keys.size() == 1)).isNotEmpty();
      assertThat(second).isNotNull();
    }
    assertThat(calls).hasValue(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface OnKeys {
    void onKeys(List<KeyDescriptor> keys);
  }

  private static KeyWatchListener listener(OnKeys onKeys) {
    return new KeyWatchListener() {
      @Override
      public void onKeys(List<KeyDescriptor> keys) {
        onKeys.onKeys(keys);
      }

      @Override
      public void onProblem(PluginException problem) {
        throw new AssertionError(problem);
      }
    };
  }
}
