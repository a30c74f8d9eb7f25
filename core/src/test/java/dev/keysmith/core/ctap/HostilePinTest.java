package dev.keysmith.core.ctap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A key that answers nonsense to the PIN/UV auth protocols gets neither PIN nor tries of it. */
class HostilePinTest {

  private static final char[] PIN = "123456".toCharArray();

  /** The base point of P-256 (SEC 2, section 2.4.2), so a valid public key. */
  private static final String X =
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";

  private static final String Y =
      "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

  private static String agreement(String x, String y) {
    return Cbor.map("01", Cbor.map("01", "02", "03", "3818", "20", "01", "21", x, "22", y));
  }

  private static String agreement() {
    return agreement(Cbor.bytes(X), Cbor.bytes(Y));
  }

  static Stream<Arguments> keyAgreements() {
    String prime = "ffffffff00000001" + "00".repeat(12) + "ff".repeat(12);
    return Stream.of(
        Arguments.of("no key", Cbor.map()),
        Arguments.of("a key in bytes", Cbor.map("01", "41ff")),
        Arguments.of("a key without coordinates", Cbor.map("01", Cbor.map("01", "02"))),
        Arguments.of("text as coordinate", agreement(Cbor.text(X), Cbor.bytes(Y))),
        Arguments.of("a short coordinate", agreement(Cbor.bytes(X.substring(2)), Cbor.bytes(Y))),
        Arguments.of("a long coordinate", agreement(Cbor.bytes("00" + X), Cbor.bytes(Y))),
        Arguments.of("7,000 bytes of coordinate", agreement(Cbor.bytes("01".repeat(7000)), "41ff")),
        Arguments.of("the origin", agreement(Cbor.bytes("00".repeat(32)), zeros())),
        Arguments.of("a point beside the curve", agreement(Cbor.bytes(X), Cbor.bytes(X))),
        Arguments.of("the greatest numbers", agreement(ones(), ones())),
        Arguments.of(
            "a coordinate that is the prime", agreement(Cbor.bytes(prime), Cbor.bytes(Y))));
  }

  private static String zeros() {
    return Cbor.bytes("00".repeat(32));
  }

  private static String ones() {
    return Cbor.bytes("ff".repeat(32));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keyAgreements")
  void isSentNothingAfterAKeyAgreementThatIsNone(String what, String answer) {
    ScriptedKey key = ScriptedKey.known().answering(answer);
    assertUnreadable(() -> token(key));
    assertThat(key.requests()).hasSize(1);
  }

  static Stream<Arguments> tokens() {
    return Stream.of(
        Arguments.of("no token", Cbor.map()),
        Arguments.of("an empty token", Cbor.map("02", "40")),
        Arguments.of("a token in text", Cbor.map("02", Cbor.text("token"))),
        Arguments.of("a token that is no whole block", Cbor.map("02", Cbor.bytes("00".repeat(47)))),
        Arguments.of("an initialisation vector alone", Cbor.map("02", Cbor.bytes("00".repeat(16)))),
        Arguments.of("a token that is too short", Cbor.map("02", Cbor.bytes("00".repeat(32)))),
        Arguments.of("a token that is too long", Cbor.map("02", Cbor.bytes("00".repeat(64)))),
        Arguments.of("a token of 7 kB", Cbor.map("02", Cbor.bytes("00".repeat(7008)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tokens")
  void isNotAskedAgainAfterATokenThatIsNone(String what, String answer) {
    ScriptedKey key = ScriptedKey.known().answering(agreement()).answering(answer);
    assertUnreadable(() -> token(key));
    assertThat(key.requests()).hasSize(2);
  }

  @Test
  void aTokenOfTheRightLengthIsTaken() {
    ScriptedKey key =
        ScriptedKey.known()
            .answering(agreement())
            .answering(Cbor.map("02", Cbor.bytes("00".repeat(48))));
    try (PinUvAuthToken token = token(key)) {
      assertThat(token.authenticate(new byte[] {1})).hasSize(32);
    }
  }

  static Stream<Arguments> retries() {
    return Stream.of(
        Arguments.of("no number", Cbor.map()),
        Arguments.of("minus one", Cbor.map("03", "20")),
        Arguments.of("text", Cbor.map("03", Cbor.text("8"))),
        Arguments.of("a power cycle that is a number", Cbor.map("03", "08", "04", "01")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("retries")
  void isNotBelievedWhatTriesAreLeft(String what, String answer) {
    ScriptedKey key = ScriptedKey.known().answering(answer);
    assertUnreadable(() -> key.client().clientPin().pinRetries());
  }

  @Test
  void noKeyHasMoreThanEightTries() {
    ScriptedKey key = ScriptedKey.known().answering(Cbor.map("03", "1b7fffffffffffffff"));
    assertThat(key.client().clientPin().pinRetries().left()).isEqualTo(8);
  }

  private static PinUvAuthToken token(ScriptedKey key) {
    return key.client()
        .clientPin()
        .token(PIN.clone(), EnumSet.of(Permission.CREDENTIAL_MANAGEMENT), null);
  }

  private static void assertUnreadable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CtapException.class,
            e -> assertThat(e.status()).isEqualTo(CtapStatus.UNREADABLE_RESPONSE));
  }
}
