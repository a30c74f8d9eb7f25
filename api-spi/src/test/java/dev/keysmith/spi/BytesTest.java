package dev.keysmith.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void doesNotSeeLaterChangesOfTheArraysItWasMadeFromAndGave() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.of(source);
    source[0] = 9;
    bytes.toArray()[1] = 9;
    assertThat(bytes.toArray()).containsExactly(1, 2, 3);
  }

  @Test
  void isEqualByContent() {
    assertThat(Bytes.of(new byte[] {1, 2}))
        .isEqualTo(Bytes.fromHex("0102"))
        .hasSameHashCodeAs(Bytes.fromHex("0102"));
    assertThat(Bytes.of(new byte[] {1, 2})).isNotEqualTo(Bytes.fromHex("0201"));
    assertThat(Bytes.of()).isSameAs(Bytes.empty());
  }

  @Test
  void writesTheTwoBase64AlphabetsOfRfc4648() {
    Bytes bytes = Bytes.fromHex("fbeffe00");
    assertThat(bytes.toBase64Url()).isEqualTo("--_-AA");
    assertThat(bytes.toBase64()).isEqualTo("++/+AA==");
    assertThat(Bytes.fromBase64Url("--_-AA")).isEqualTo(bytes);
    assertThat(Bytes.fromBase64Url("--_-AA==")).isEqualTo(bytes);
  }

  @Test
  void refusesWhatIsNotBase64Url() {
    assertThatThrownBy(() -> Bytes.fromBase64Url("+/"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hashesAsInTheExamplesOfFips180() {
    String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertThat(Bytes.of((byte) 'a', (byte) 'b', (byte) 'c').sha256().toHex()).isEqualTo(abc);
    assertThat(Bytes.of(Bytes.sha256(new byte[] {'a', 'b', 'c'})).toHex()).isEqualTo(abc);
    assertThat(Bytes.empty().sha256().length()).isEqualTo(32);
  }
}
