package dev.keysmith.core.ctap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.ctap.ScriptedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class CtapStatusTest {

  /** CTAP 2.1, section 8.2; three of CTAP 2.0 at the end. */
  private static final String STANDARD =
      """
      00 OK
      01 INVALID_COMMAND
      02 INVALID_PARAMETER
      03 INVALID_LENGTH
      04 INVALID_SEQ
      05 TIMEOUT
      06 CHANNEL_BUSY
      0A LOCK_REQUIRED
      0B INVALID_CHANNEL
      11 CBOR_UNEXPECTED_TYPE
      12 INVALID_CBOR
      14 MISSING_PARAMETER
      15 LIMIT_EXCEEDED
      17 FP_DATABASE_FULL
      18 LARGE_BLOB_STORAGE_FULL
      19 CREDENTIAL_EXCLUDED
      21 PROCESSING
      22 INVALID_CREDENTIAL
      23 USER_ACTION_PENDING
      24 OPERATION_PENDING
      25 NO_OPERATIONS
      26 UNSUPPORTED_ALGORITHM
      27 OPERATION_DENIED
      28 KEY_STORE_FULL
      2B UNSUPPORTED_OPTION
      2C INVALID_OPTION
      2D KEEPALIVE_CANCEL
      2E NO_CREDENTIALS
      2F USER_ACTION_TIMEOUT
      30 NOT_ALLOWED
      31 PIN_INVALID
      32 PIN_BLOCKED
      33 PIN_AUTH_INVALID
      34 PIN_AUTH_BLOCKED
      35 PIN_NOT_SET
      36 PUAT_REQUIRED
      37 PIN_POLICY_VIOLATION
      39 REQUEST_TOO_LARGE
      3A ACTION_TIMEOUT
      3B UP_REQUIRED
      3C UV_BLOCKED
      3D INTEGRITY_FAILURE
      3E INVALID_SUBCOMMAND
      3F UV_INVALID
      40 UNAUTHORIZED_PERMISSION
      7F OTHER
      16 UNSUPPORTED_EXTENSION
      2A NO_OPERATION_PENDING
      38 PIN_TOKEN_EXPIRED
      """;

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
              assertThat(e.code()).isEqualTo(status.value());
              assertThat(e.command()).isEqualTo("authenticatorGetInfo");
              assertThat(e)
                  .hasMessageStartingWith("authenticatorGetInfo: ")
                  .hasMessageContaining(status.name())
                  .hasMessageContaining(String.format("0x%02X", status.value()));
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

  @Test
  void namesAndNumbersAreThoseOfTheStandard() {
    assertThat(CtapStatus.values())
        .filteredOn(status -> status != CtapStatus.UNREADABLE_RESPONSE)
        .extracting(status -> String.format("%02X %s", status.value(), status.name()))
        .containsExactlyInAnyOrderElementsOf(STANDARD.lines().toList());
    assertThat(STANDARD.lines())
        .allSatisfy(
            line ->
                assertThat(CtapStatus.of(Integer.parseInt(line.substring(0, 2), 16)).name())
                    .isEqualTo(line.substring(3)));
  }
}
