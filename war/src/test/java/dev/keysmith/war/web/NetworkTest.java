package dev.keysmith.war.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "203.0.113.7",
        "2001:db8::7",
        "::1",
        "::ffff:203.0.113.7",
        "0000:0000:0000:0000:0000:ffff:255.255.255.255"
      })
  void readsAddresses(String text) {
    assertThat(Network.literal(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "203.0.113", "203.0.113.7.", "a", "1:2:3:4:5:6:7:8:9"})
  void takesNothingElseForOne(String text) {
    assertThat(Network.literal(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {":", "1.", "f", ":x", "1.1.1.1."})
  void looksAtEachCharacterAFewTimesAtMost(String part) {
    Counting text = new Counting(part.repeat(7_500) + "x", new int[1]);

    assertThat(Network.isWritten(text)).isFalse();
    assertThat(text.looks()[0]).isLessThan(10 * text.length());
    assertThat(Network.literal(text.toString())).isEmpty();
  }

  @Test
  void countsWhatItCounts() {
    Counting text = new Counting(":".repeat(100) + "x", new int[1]);

    assertThat(text.toString().matches("[:]*:[:]*")).isFalse();
    assertThat(java.util.regex.Pattern.matches("[:]*:[:]*", text)).isFalse();
    assertThat(text.looks()[0]).isGreaterThan(10 * text.length());
  }

  private record Counting(String text, int[] looks) implements CharSequence {

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks[0]++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
