package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.keysmith.core.session.PinRules.Demand;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinRulesTest {

  private static final PinRules RULES = rules(6, true);

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
    assertThat(RULES.complaint(pin.toCharArray())).get().asString().contains("key.pin-simple");
    assertThat(rules(6, false).complaint(pin.toCharArray())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"482913", "123465", "112211", "correct horse", "1234567x", "äöüäöß"})
  void takesOthers(String pin) {
    assertThat(RULES.complaint(pin.toCharArray())).isEmpty();
  }

  private static PinRules rules(int minLength, boolean refusesSimple) {
    return new PinRules(minLength, Demand.ORGANISATION, 63, refusesSimple);
  }

  private static KeyPolicy policy(int minLength) {
    return new KeyPolicy(Optional.of(minLength), false, false);
  }

  static Stream<Arguments> lengths() {
    return Stream.of(
        arguments(RULES.within(8, 63), "4829137", "key.pin-short-key", "8"),
        arguments(RULES.within(4, 63), "48291", "key.pin-short-organisation", "6"),
        arguments(RULES.within(6, 63), "48291", "key.pin-short-organisation", "6"),
        arguments(RULES.under(policy(8)).within(6, 63), "4829137", "key.pin-short-policy", "8"),
        arguments(RULES.under(policy(4)).within(4, 63), "48291", "key.pin-short-organisation", "6"),
        arguments(RULES.under(policy(8)).within(9, 63), "48291376", "key.pin-short-key", "9"),
        arguments(RULES.within(4, 10), "48291304826", "key.pin-long", "10"));
  }

  @ParameterizedTest(name = "{1}: {2}")
  @MethodSource("lengths")
  void saysWhoseRuleItIs(PinRules rules, String pin, String code, String length) {
    assertThat(rules.complaint(pin.toCharArray()))
        .hasValueSatisfying(
            complaint -> {
              assertThat(complaint.code()).isEqualTo(code);
              assertThat(complaint.message().arguments()).containsValue(Long.valueOf(length));
            });
  }

  @Test
  void countsTheLeastInCharactersAndTheMostInBytes() {
    assertThat(RULES.complaint("😀😁😂🤣😃".toCharArray()))
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo("key.pin-short-organisation"));
    assertThat(RULES.complaint("😀😁😂🤣😃😄".toCharArray())).isEmpty();
    assertThat(RULES.complaint("😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰😗".toCharArray()))
        .hasValueSatisfying(
            e -> {
              assertThat(e.code()).isEqualTo("key.pin-bytes");
              assertThat(e)
                  .hasMessageContaining("key.pin-bytes {bytes=64, most=63}")
                  .hasMessageContaining("63");
            });
  }

  @Test
  void countsAPinAsKeysWillSeeIt() {
    // An a and a combining diaeresis are one character, and two bytes, in normal form.
    String ten = "a\u0308".repeat(5);
    assertThat(RULES.complaint(ten.toCharArray()))
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo("key.pin-short-organisation"));
    assertThat(RULES.complaint(("a\u0308".repeat(30) + "xyz").toCharArray())).isEmpty();
  }

  @Test
  void refusesHalfACharacter() {
    assertThat(RULES.complaint("48291\uD83D".toCharArray()))
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo("key.pin-broken"));
  }

  @RepeatedTest(50)
  void makesPinsThatItWouldTake() {
    char[] pin = rules(4, true).random(new SecureRandom());

    assertThat(pin).hasSize(4);
    assertThat(rules(4, true).complaint(pin)).isEmpty();
  }
}
