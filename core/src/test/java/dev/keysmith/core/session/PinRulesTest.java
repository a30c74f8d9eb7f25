package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinRulesTest {

  private static final PinRules RULES = new PinRules(6, 63, true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123456",
        "654321",
        "567890",
        "000000",
        "121212",
        "123123",
        "12341234",
        "1231231",
        "abcdef",
        "PassWord",
        "qwertz",
        "147258"
      })
  void refusesWhatEverybodyTriesFirst(String pin) {
    assertThat(RULES.complaint(pin.toCharArray())).get().asString().contains("tries first");
    assertThat(new PinRules(6, 63, false).complaint(pin.toCharArray())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"482913", "123465", "112211", "correct horse", "1234567x", "äöüäöß"})
  void takesOthers(String pin) {
    assertThat(RULES.complaint(pin.toCharArray())).isEmpty();
  }

  @Test
  void asksForTheLengthThatTheKeyWantsToo() {
    assertThat(RULES.within(8, 63).complaint("4829137".toCharArray()))
        .get()
        .asString()
        .contains("at least 8");
    assertThat(RULES.within(4, 63).complaint("48291".toCharArray()))
        .get()
        .asString()
        .contains("at least 6");
    assertThat(RULES.within(4, 10).complaint("48291304826".toCharArray()))
        .get()
        .asString()
        .contains("at most 10");
  }

  @RepeatedTest(50)
  void makesPinsThatItWouldTake() {
    char[] pin = new PinRules(4, 63, true).random(new SecureRandom());

    assertThat(pin).hasSize(4);
    assertThat(new PinRules(4, 63, true).complaint(pin)).isEmpty();
  }
}
