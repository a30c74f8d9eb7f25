package dev.keysmith.core.ctap;

import static dev.keysmith.core.ctap.Samples.RP_ID;
import static dev.keysmith.core.ctap.Samples.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.pin.PinUvAuthProtocolOne;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clientPIN sends, and how it takes answers that no honest key gives. */
class ClientPinTest {

  private static final char[] PIN = "123456".toCharArray();
  private static final Set<Permission> TO_ENROL =
      EnumSet.of(Permission.MAKE_CREDENTIAL, Permission.GET_ASSERTION);

  /** The point of the test vectors of WebAuthn Level 3, section 16.17.1. */
  private static final String KEY_AGREEMENT =
      keyAgreement(
          "a30522c2de402b561965c3cf949a1cab020c6f6ea36fcf7e911ac1a0f1515300",
          "9961a929abdb2f42e6566771887d41484d889e735e3248518a53112d2b915f00");

  @Test
  void asksForATokenWithPermissionsAndRelyingParty() {
    ScriptedKey key =
        ScriptedKey.known()
            .answering(KEY_AGREEMENT)
            .answering(Cbor.map("02", Cbor.bytes("ab".repeat(48))));
    try (PinUvAuthToken token = key.client().clientPin().token(PIN, TO_ENROL, RP_ID)) {
      assertThat(token.permissions()).isEqualTo(TO_ENROL);
      assertThat(token.rpId()).contains(RP_ID);
      assertThat(token.allows(Permission.GET_ASSERTION, RP_ID)).isTrue();
      assertThat(token.allows(Permission.GET_ASSERTION, "other.example")).isFalse();
      assertThat(token.allows(Permission.CREDENTIAL_MANAGEMENT, RP_ID)).isFalse();
    }
    assertThat(key.requests().get(0)).isEqualTo("06a2" + "0102" + "0202");
    assertThat(key.requests().get(1))
        .startsWith("06a6" + "0102" + "0209" + "03a5010203381820012158")
        .contains("065820")
        .endsWith("0903" + "0a" + Cbor.text(RP_ID));
  }

  @Test
  void aTokenForAllRelyingPartiesNamesNone() {
    ScriptedKey key =
        ScriptedKey.known()
            .answering(KEY_AGREEMENT)
            .answering(Cbor.map("02", Cbor.bytes("ab".repeat(48))));
    Set<Permission> permissions =
        EnumSet.of(Permission.CREDENTIAL_MANAGEMENT, Permission.AUTHENTICATOR_CONFIG);
    key.client().clientPin().token(PIN, permissions, null).close();
    assertThat(key.requests().get(1)).startsWith("06a5").endsWith("091824");
  }

  @Test
  void asksForATokenByBuiltInVerification() {
    ScriptedKey key =
        new ScriptedKey()
            .answering(
                ScriptedKey.info(
                    Cbor.map(Cbor.text("uv"), Cbor.TRUE, Cbor.text("pinUvAuthToken"), Cbor.TRUE)))
            .answering(KEY_AGREEMENT)
            .answering(Cbor.map("02", Cbor.bytes("ab".repeat(48))))
            .answering(Cbor.map("05", "03"));
    ClientPin clientPin = key.client().clientPin();
    clientPin.tokenByUv(TO_ENROL, RP_ID, TOUCH).close();
    assertThat(key.requests().get(1))
        .startsWith("06a5" + "0102" + "0206" + "03a5")
        .endsWith("0903" + "0a" + Cbor.text(RP_ID));
    assertThat(clientPin.uvRetries()).isEqualTo(3);
    assertThat(key.requests().get(2)).isEqualTo("06a2" + "0102" + "0207");
  }

  @Test
  void aKeyWithoutBuiltInVerificationIsNotAskedForIt() {
    ScriptedKey key = ScriptedKey.known();
    assertStatus(
        CtapStatus.UNSUPPORTED_OPTION,
        () -> key.client().clientPin().tokenByUv(TO_ENROL, RP_ID, TOUCH));
    assertThat(key.requests()).isEmpty();
  }

  @Test
  void aKeyThatCannotHaveAPinIsNotGivenOne() {
    String info =
        Cbor.map("01", Cbor.array(Cbor.text("FIDO_2_0")), "03", Cbor.bytes("00".repeat(16)));
    ScriptedKey key = new ScriptedKey().answering(info);
    assertStatus(CtapStatus.UNSUPPORTED_OPTION, () -> key.client().clientPin().setPin(PIN));
    assertThat(key.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 16, 32, 33, 64, 80})
  void aTokenOfWrongLengthIsRefused(int length) {
    ScriptedKey key =
        ScriptedKey.known()
            .answering(KEY_AGREEMENT)
            .answering(Cbor.map("02", Cbor.bytes("ab".repeat(length))));
    assertStatus(
        CtapStatus.UNREADABLE_RESPONSE, () -> key.client().clientPin().token(PIN, TO_ENROL, RP_ID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a0", "a101a0", "a1014101", "a101f6"})
  void aKeyThatDoesNotAgreeOnAKeyIsToldNothingAboutThePin(String answer) {
    ScriptedKey key = ScriptedKey.known().answering(answer);
    assertStatus(
        CtapStatus.UNREADABLE_RESPONSE, () -> key.client().clientPin().token(PIN, TO_ENROL, RP_ID));
    assertThat(key.requests()).hasSize(1);
  }

  @Test
  void aKeyWithAPointThatIsNotOnTheCurveIsToldNothingAboutThePin() {
    ScriptedKey key = ScriptedKey.known().answering(keyAgreement("11".repeat(32), "22".repeat(32)));
    assertStatus(
        CtapStatus.UNREADABLE_RESPONSE, () -> key.client().clientPin().token(PIN, TO_ENROL, RP_ID));
    assertThat(key.requests()).hasSize(1);
  }

  @Test
  void aPinThatIsHalfACharacterIsRefused() {
    ScriptedKey key = ScriptedKey.known();
    char[] half = {'1', '2', '3', '4', '\ud83d'};
    assertStatus(
        CtapStatus.PIN_POLICY_VIOLATION, () -> key.client().clientPin().changePin(PIN, half));
    assertThat(key.requests()).isEmpty();
  }

  @Test
  void aPinThatEndsInANullCharacterIsRefused() {
    ScriptedKey key = ScriptedKey.known().answering(KEY_AGREEMENT);
    char[] pin = {'1', '2', '3', '4', '\0'};
    assertStatus(
        CtapStatus.PIN_POLICY_VIOLATION, () -> key.client().clientPin().changePin(PIN, pin));
    assertThat(key.requests()).hasSize(1);
  }

  @Test
  void aRefusalNeverShowsThePin() {
    ScriptedKey key = ScriptedKey.known().answering(KEY_AGREEMENT).refusing(CtapStatus.PIN_INVALID);
    assertThatThrownBy(() -> key.client().clientPin().token(PIN, TO_ENROL, RP_ID))
        .hasMessageNotContaining("123456")
        .hasMessageContaining("authenticatorClientPIN")
        .hasNoCause();
    assertThat(key.requests()).hasSize(2);
    assertThat(String.join("", key.requests())).doesNotContain("313233343536");
  }

  @Test
  void aClosedTokenIsZeroedAndNeverShown() {
    byte[] value = {1, 2, 3};
    PinUvAuthToken token = new PinUvAuthToken(new PinUvAuthProtocolOne(), value, TO_ENROL, RP_ID);
    assertThat(token)
        .hasToString("PinUvAuthToken[permissions=" + token.permissions() + ", rpId=" + RP_ID + "]");
    token.close();
    token.close();
    assertThat(value).containsOnly(0);
  }

  private static String keyAgreement(String x, String y) {
    return Cbor.map(
        "01",
        Cbor.map("01", "02", "03", "3818", "20", "01", "21", Cbor.bytes(x), "22", Cbor.bytes(y)));
  }

  private static void assertStatus(CtapStatus status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(CtapException.class, e -> assertThat(e.status()).isEqualTo(status));
  }
}
