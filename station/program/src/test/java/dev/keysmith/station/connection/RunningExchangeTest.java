package dev.keysmith.station.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.station.link.Frame;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunningExchangeTest {

  private final RunningExchange exchange =
      new RunningExchange(new Frame.Exchange(7, 3, new byte[] {1}, Duration.ofSeconds(1)));

  @Test
  void oneThatIsCancelledBeforeItBeginsDoesNotBegin() {
    assertThat(exchange.noteCancelled()).isFalse();
    assertThat(exchange.begin()).isFalse();
    assertThat(exchange.cancelledBefore().response()).containsExactly(0x2d);
    assertThat(exchange.cancelledBefore().serial()).isEqualTo(3);
  }

  @Test
  void aFloodOfCancellationsIsOne() {
    assertThat(exchange.begin()).isTrue();
    assertThat(exchange.noteCancelled()).isTrue();
    assertThat(exchange.noteCancelled()).isFalse();
  }
}
