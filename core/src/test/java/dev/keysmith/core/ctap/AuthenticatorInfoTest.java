package dev.keysmith.core.ctap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthenticatorInfoTest {

  /** The example of CTAP 2.0, section 5.4 (getInfo), with the PIN option in addition. */
  private static final String CTAP_2_0 =
      "a60182665532465f5632684649444f5f325f3002826375766d6b686d61632d7365637265740350f8a011f38c0a4d"
          + "15800617111f9edc7d04a462726bf5627570f564706c6174f469636c69656e7450696ef4051904b0068101";

  @Test
  void readsWhatAKeyOfCtap20Says() {
    AuthenticatorInfo info = new ScriptedKey().answering(CTAP_2_0).client().getInfo();
    assertThat(info.versions()).containsExactly("U2F_V2", "FIDO_2_0");
    assertThat(info.extensions()).containsExactly("uvm", "hmac-secret");
    assertThat(info.aaguid()).hasToString("f8a011f3-8c0a-4d15-8006-17111f9edc7d");
    assertThat(info.options())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("rk", true, "up", true, "plat", false, "clientPin", false));
    assertThat(info.maxMsgSize()).isEqualTo(1200);
    assertThat(info.pinUvAuthProtocols()).containsExactly(1);
    assertThat(info.supportsClientPin()).isTrue();
    assertThat(info.isClientPinSet()).isFalse();
    assertThat(info.supportsTokenPermissions()).isFalse();
    assertThat(info.supportsCredentialManagement()).isFalse();
    assertThat(info.minPinLength()).isEqualTo(4);
    assertThat(info.maxCredentialCountInList()).isEmpty();
    assertThat(info.speaksCtap2()).isTrue();
  }

  @Test
  void acceptsOptionsInAnUnusualOrderAsKeysInTheFieldSendThem() {
    String nitrokey =
        "a80183665532465f5632684649444f5f325f306c4649444f5f325f315f50524502826b6372656450726f74656374"
            + "6b686d61632d7365637265740350c39efba6fcf44c3e828bfc4a6115a0ff04a562726bf5627570f564706c61"
            + "74f47563726564656e7469616c4d676d7450726576696577f569636c69656e7450696ef5051904b006810107"
            + "14081880";
    AuthenticatorInfo info = new ScriptedKey().answering(nitrokey).client().getInfo();
    assertThat(info.supportsCredentialManagement()).isTrue();
    assertThat(info.isClientPinSet()).isTrue();
    assertThat(info.maxCredentialCountInList()).contains(20);
    assertThat(info.maxCredentialIdLength()).contains(128);
  }

  @Test
  void readsTheMembersOfCtap21And22AndKeepsUnknownOnes() {
    String answer =
        Cbor.map(
            Cbor.number(0x01), Cbor.array(Cbor.text("FIDO_2_2")),
            Cbor.number(0x03), Cbor.bytes("00112233445566778899aabbccddeeff"),
            Cbor.number(0x05), Cbor.number(100_000),
            Cbor.number(0x09), Cbor.array(Cbor.text("usb"), Cbor.text("nfc")),
            Cbor.number(0x0A),
                Cbor.array(
                    Cbor.map(
                        Cbor.text("alg"), Cbor.number(-7),
                        Cbor.text("type"), Cbor.text("public-key"))),
            Cbor.number(0x0B), Cbor.number(1024),
            Cbor.number(0x0C), Cbor.TRUE,
            Cbor.number(0x0D), Cbor.number(6),
            Cbor.number(0x0E), Cbor.number(0x50700),
            Cbor.number(0x10), Cbor.number(3),
            Cbor.number(0x11), Cbor.number(5),
            Cbor.number(0x12), Cbor.number(2),
            Cbor.number(0x13), Cbor.map(Cbor.text("FIPS-CMVP-3"), Cbor.number(2)),
            Cbor.number(0x14), Cbor.number(99),
            Cbor.number(0x16), Cbor.array(Cbor.text("packed")),
            Cbor.number(0x18), Cbor.TRUE,
            Cbor.number(0x1A), Cbor.array(Cbor.text("usb")),
            Cbor.number(0x1B), Cbor.TRUE,
            Cbor.number(0x1C), Cbor.bytes("68747470733a2f2f61"),
            Cbor.number(0x1D), Cbor.number(32),
            Cbor.number(0x7FFF), Cbor.text("new"));
    AuthenticatorInfo info = new ScriptedKey().answering(answer).client().getInfo();
    assertThat(info.maxMsgSize()).isEqualTo(7609);
    assertThat(info.transports()).containsExactly("usb", "nfc");
    assertThat(info.algorithms()).containsExactly(-7);
    assertThat(info.forcePinChange()).isTrue();
    assertThat(info.minPinLength()).isEqualTo(6);
    assertThat(info.firmwareVersion()).contains(0x50700L);
    assertThat(info.maxRpIdsForSetMinPinLength()).isEqualTo(3);
    assertThat(info.preferredPlatformUvAttempts()).contains(5);
    assertThat(info.uvModality()).contains(2L);
    assertThat(info.certifications()).containsExactly(Map.entry("FIPS-CMVP-3", 2L));
    assertThat(info.remainingDiscoverableCredentials()).contains(99);
    assertThat(info.attestationFormats()).containsExactly("packed");
    assertThat(info.longTouchForReset()).isTrue();
    assertThat(info.transportsForReset()).containsExactly("usb");
    assertThat(info.pinComplexityPolicy()).isTrue();
    assertThat(info.pinComplexityPolicyUrl()).contains("https://a");
    assertThat(info.maxPinLength()).isEqualTo(32);
    assertThat(info.members())
        .containsEntry(0x0B, Bytes.fromHex("190400"))
        .containsEntry(0x7FFF, Bytes.fromHex("636e6577"));
  }
}
