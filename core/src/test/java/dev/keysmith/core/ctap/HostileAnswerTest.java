package dev.keysmith.core.ctap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A key is untrusted: whatever it sends ends in an answer or in one kind of exception. */
class HostileAnswerTest {

  static Stream<Arguments> nonsense() {
    return Stream.of(
        Arguments.of("no status byte", ""),
        Arguments.of("no CBOR where there must be some", "00"),
        Arguments.of("not a map", "0001"),
        Arguments.of("an array", "0080"),
        Arguments.of("an empty map", "00a0"),
        Arguments.of("truncated in a head", "00b9ff"),
        Arguments.of("more members than bytes", "00bbffffffffffffffff"),
        Arguments.of("a billion members", "00ba3b9aca00"),
        Arguments.of("a byte string of 4 GB", "00a1035affffffff"),
        Arguments.of("a byte string of 16 EB", "00a1035bffffffffffffffff"),
        Arguments.of("trailing bytes", "00" + ScriptedKey.INFO + "00"),
        Arguments.of("a second item", "00" + ScriptedKey.INFO + ScriptedKey.INFO),
        Arguments.of("a map of indefinite length", "00bf0350" + "00".repeat(16) + "ff"),
        Arguments.of("a string of indefinite length", "00a1035f50" + "00".repeat(16) + "ff"),
        Arguments.of("a break outside", "00ff"),
        Arguments.of("a duplicate key", "00a20350" + "00".repeat(16) + "0350" + "00".repeat(16)),
        Arguments.of(
            "the same key in two lengths",
            "00a20350" + "00".repeat(16) + "180350" + "00".repeat(16)),
        Arguments.of("a tag", withMember(0x17, "c101")),
        Arguments.of("a size by tag", withMember(0x05, "c24204b0")),
        Arguments.of("a reserved head", withMember(0x17, "1c")),
        Arguments.of("an overlong simple value", withMember(0x17, "f801")),
        Arguments.of("invalid text", withMember(0x01, "81" + "63" + "ff6161")),
        Arguments.of("text as AAGUID", "00a10363616161"),
        Arguments.of("null as AAGUID", "00a103f6"),
        Arguments.of("an AAGUID that is too short", "00a1034100"),
        Arguments.of("a number as options", withMember(0x04, "01")),
        Arguments.of("options that are not truth values", withMember(0x04, "a1627570" + "01")),
        Arguments.of("options with numbers as keys", withMember(0x04, "a101f5")),
        Arguments.of("a negative size", withMember(0x05, "20")),
        Arguments.of("a size of 64 bits", withMember(0x05, "1bffffffffffffffff")),
        Arguments.of("a fraction as size", withMember(0x05, "f93c00")),
        Arguments.of("protocols that are not numbers", withMember(0x06, "8161" + "31")),
        Arguments.of("an algorithm without its number", withMember(0x0a, "81a0")),
        Arguments.of("a huge algorithm", withMember(0x0a, "81a163616c671bffffffffffffffff")),
        Arguments.of("nesting", "00" + "a101".repeat(3000) + "01"),
        Arguments.of("7,609 bytes of nesting", "00" + "81".repeat(7607) + "01"),
        Arguments.of("one level too much", withMember(0x17, "81818181" + "01")),
        Arguments.of("more than a message holds", "00a10359" + "1db9" + "00".repeat(7609)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nonsense")
  void nonsenseEndsInOneKindOfException(String what, String answer) {
    ScriptedKey key = new ScriptedKey().sending(answer);
    assertThatThrownBy(() -> key.client().getInfo())
        .isInstanceOfSatisfying(
            CtapException.class,
            e -> assertThat(e.status()).isEqualTo(CtapStatus.UNREADABLE_RESPONSE));
  }

  @Test
  void asManyLevelsAsTheStandardAllowsAreAccepted() {
    String answer = withMember(0x17, "818181" + "01");
    assertThat(new ScriptedKey().sending(answer).client().getInfo().members()).containsKey(0x17);
  }

  @Test
  void everyTruncationOfAnAnswerIsNoticed() {
    String whole = "00" + ScriptedKey.INFO;
    IntStream.range(0, whole.length() / 2)
        .forEach(
            length ->
                nonsenseEndsInOneKindOfException("truncated", whole.substring(0, 2 * length)));
  }

  @Test
  void arbitraryDamageNeverCausesAnotherException() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] answer = HexFormat.of().parseHex("00" + ScriptedKey.INFO);
      for (int i = random.nextInt(4); i >= 0; i--) {
        answer[1 + random.nextInt(answer.length - 1)] = (byte) random.nextInt(256);
      }
      ScriptedKey key = new ScriptedKey().sending(HexFormat.of().formatHex(answer));
      try {
        assertThat(key.client().getInfo().aaguid()).isNotNull();
      } catch (CtapException e) {
        assertThat(e.status()).isEqualTo(CtapStatus.UNREADABLE_RESPONSE);
      }
    }
  }

  @Test
  void textThatWasCutWithinACharacterIsMended() {
    String cut = "664672c3a4e282";
    String answer = "00a2" + "0181" + cut + "0350" + "00".repeat(16);
    assertThat(new ScriptedKey().sending(answer).client().getInfo().versions())
        .containsExactly("Frä??");
  }

  @Test
  void wholeCharactersAreLeftAlone() {
    String answer = "00a2" + "0181" + Cbor.text("aä€😀") + "0350" + "00".repeat(16);
    assertThat(new ScriptedKey().sending(answer).client().getInfo().versions())
        .containsExactly("aä€😀");
  }

  private static String withMember(int key, String value) {
    return "00a2" + "0350" + "00".repeat(16) + String.format("%02x", key) + value;
  }
}
