package dev.keysmith.usb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

  @Test
  void endsWhatIsCancelledWithinASecond() {
    Timeouts usual = Timeouts.USUAL;
    assertThat(usual.cancelGrace().plus(usual.resynchronisation()))
        .isLessThan(Duration.ofSeconds(1));
  }
}
