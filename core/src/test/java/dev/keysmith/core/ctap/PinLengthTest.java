package dev.keysmith.core.ctap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinLengthTest {

  @ParameterizedTest
  @CsvSource({
    "1, 3, false",
    "1, 4, true",
    "1, 63, true",
    "1, 64, false",
    "\uD83D\uDE00, 3, false",
    "\uD83D\uDE00, 15, true",
    "\uD83D\uDE00, 16, false",
    "\u00E9, 31, true",
    "\u00E9, 32, false",
    "e\u0301, 31, true",
    "e\u0301, 3, false"
  })
  void countsTheLeastInCharactersAndTheMostInBytes(String text, int times, boolean possible) {
    assertThat(PinLength.of(text.repeat(times).toCharArray()).orElseThrow().isPossible())
        .isEqualTo(possible);
  }
}
