package dev.keysmith.core.ctap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class CtapStatusTest {

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"OK", "UNREADABLE_RESPONSE"})
  void everyStatusOfAKeyBecomesAnExceptionThatSaysWhatItMeans(CtapStatus status) {
    ScriptedKey key = new ScriptedKey().refusing(status);
    assertThatThrownBy(() -> key.client().getInfo())
        .isInstanceOfSatisfying(
            CtapException.class,
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.code()).isEqualTo(status.code());
              assertThat(e.command()).isEqualTo("authenticatorGetInfo");
              assertThat(e)
                  .hasMessageStartingWith(status.meaning())
                  .hasMessageContaining(status.name())
                  .hasMessageContaining(String.format("0x%02X", status.code()));
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0x10, 0x29, 0x41, 0xDF, 0xE0, 0xF2, 0xFF})
  void aCodeThatTheStandardDoesNotNameKeepsItsNumber(int code) {
    ScriptedKey key = new ScriptedKey().sending(String.format("%02x", code));
    assertThatThrownBy(() -> key.client().getInfo())
        .isInstanceOfSatisfying(
            CtapException.class,
            e -> {
              assertThat(e.status()).isEqualTo(CtapStatus.OTHER);
              assertThat(e.code()).isEqualTo(code);
              assertThat(e).hasMessageContaining(String.format("0x%02X", code));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "01, INVALID_COMMAND",
    "06, CHANNEL_BUSY",
    "14, MISSING_PARAMETER",
    "19, CREDENTIAL_EXCLUDED",
    "26, UNSUPPORTED_ALGORITHM",
    "27, OPERATION_DENIED",
    "28, KEY_STORE_FULL",
    "2B, UNSUPPORTED_OPTION",
    "2C, INVALID_OPTION",
    "2D, KEEPALIVE_CANCEL",
    "2E, NO_CREDENTIALS",
    "2F, USER_ACTION_TIMEOUT",
    "30, NOT_ALLOWED",
    "31, PIN_INVALID",
    "32, PIN_BLOCKED",
    "33, PIN_AUTH_INVALID",
    "34, PIN_AUTH_BLOCKED",
    "35, PIN_NOT_SET",
    "36, PUAT_REQUIRED",
    "37, PIN_POLICY_VIOLATION",
    "39, REQUEST_TOO_LARGE",
    "3C, UV_BLOCKED",
    "3F, UV_INVALID",
    "40, UNAUTHORIZED_PERMISSION",
    "7F, OTHER"
  })
  void codesAreThoseOfTheStandard(String code, CtapStatus status) {
    assertThat(CtapStatus.of(Integer.parseInt(code, 16))).isEqualTo(status);
  }

  @Test
  void meaningsAreWholeSentencesForPeople() {
    assertThat(CtapStatus.values())
        .allSatisfy(
            status -> assertThat(status.meaning()).matches("[A-Z].*\\.").doesNotContain("CTAP"));
  }
}
