package dev.keysmith.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Text is cut at characters, not within them. */
class TextTest {

  @Test
  void leavesAloneWhatFits() {
    assertThat(Text.cut("Frä😀", 5)).isEqualTo("Frä😀");
    assertThat(Text.shorten("Frä😀", 5)).isEqualTo("Frä😀");
  }

  @Test
  void neverLeavesHalfOfASurrogatePair() {
    assertThat(Text.cut("Frä😀", 4)).isEqualTo("Frä");
    assertThat(Text.cut("😀", 1)).isEmpty();
    assertThat(Text.shorten("Frä😀 and more", 5)).isEqualTo("Frä…");
  }

  @Test
  void cutsAtTheLimitAndNotBefore() {
    assertThat(Text.cut("😀😀", 2)).isEqualTo("😀");
    assertThat(Text.shorten("abcdef", 5)).isEqualTo("abcd…");
    assertThat(Text.cut("abc", 0)).isEmpty();
  }
}
