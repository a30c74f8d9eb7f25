package dev.keysmith.spi.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDescriptorTest {

  @Test
  void keepsOnlySoMuchOfWhatADeviceSaysOfItself() {
    KeyDescriptor key =
        new KeyDescriptor(
            "1", "p".repeat(125) + "\ud83d\udd11", "here", Optional.of("s".repeat(1_000)));

    assertThat(key.product()).isEqualTo("p".repeat(125));
    assertThat(key.serialNumber()).contains("s".repeat(126));
  }

  @Test
  void hasNoSerialNumberIfItIsEmpty() {
    assertThat(new KeyDescriptor("1", "Key", "here", Optional.of("")).serialNumber()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 129})
  void refusesAnIdThatBreaksItsBounds(int length) {
    String id = "i".repeat(length);

    assertThatThrownBy(() -> new KeyDescriptor(id, "Key", "here", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this one has " + length);
  }
}
