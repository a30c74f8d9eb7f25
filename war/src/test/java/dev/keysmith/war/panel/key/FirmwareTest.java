package dev.keysmith.war.panel.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirmwareTest {

  @Test
  void showsPackedVersionsAsVendorsWriteThem() {
    assertThat(Firmware.text(0x050403)).isEqualTo("5.4.3");
    assertThat(Firmware.text(65536)).isEqualTo("1.0.0");
  }

  @Test
  void leavesOtherNumbersAsTheyAre() {
    assertThat(Firmware.text(7)).isEqualTo("7");
    assertThat(Firmware.text(20260101)).isEqualTo("20260101");
  }
}
