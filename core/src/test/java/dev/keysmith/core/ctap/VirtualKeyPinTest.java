package dev.keysmith.core.ctap;

import static dev.keysmith.core.ctap.Samples.RP_ID;
import static dev.keysmith.core.ctap.Samples.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client sets, changes and spends PINs of a key that was written independently of it. */
class VirtualKeyPinTest extends VirtualKeyTests {

  @ParameterizedTest
  @EnumSource
  void setsAndChangesThePin(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).build();
    Ctap2Client client = open(key);
    assertThat(client.getInfo().isClientPinSet()).isFalse();
    char[] pin = PIN.clone();
    client.clientPin().setPin(pin);
    assertThat(pin).isEqualTo(PIN);
    assertThat(client.getInfo().isClientPinSet()).isTrue();
    client.clientPin().changePin(PIN, "pässword€".toCharArray());
    assertThat(client.clientPin().pinRetries()).isEqualTo(new ClientPin.PinRetries(8, false));
    try (PinUvAuthToken token =
        client.clientPin().token("pässword€".toCharArray(), TO_ENROL, RP_ID)) {
      assertThat(token.allows(Permission.MAKE_CREDENTIAL, RP_ID)).isTrue();
    }
    assertRefused(CtapStatus.NOT_ALLOWED, () -> client.clientPin().setPin("654321".toCharArray()));
  }

  @ParameterizedTest
  @EnumSource
  void aPinIsTheSameHoweverItsCharactersAreComposed(Model model) {
    Ctap2Client client = open(VirtualKey.builder().model(model).build());
    client.clientPin().setPin("p\u00e4ssword".toCharArray());
    try (PinUvAuthToken token =
        client.clientPin().token("pa\u0308ssword".toCharArray(), TO_ENROL, RP_ID)) {
      assertThat(token.permissions()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWrongPinCostsExactlyOneAttemptAndTheKeyBlocksAfterThree(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).build();
    Ctap2Client client = clientWithPin(key);
    for (int attempt = 1; attempt <= 3; attempt++) {
      CtapStatus expected = attempt < 3 ? CtapStatus.PIN_INVALID : CtapStatus.PIN_AUTH_BLOCKED;
      assertRefused(
          expected, () -> client.clientPin().token("000000".toCharArray(), TO_ENROL, RP_ID));
      assertThat(key.pinRetries()).isEqualTo(8 - attempt);
    }
    assertThat(client.clientPin().pinRetries())
        .isEqualTo(new ClientPin.PinRetries(5, model == Model.CTAP_2_1));
    assertRefused(
        CtapStatus.PIN_AUTH_BLOCKED, () -> client.clientPin().token(PIN, TO_ENROL, RP_ID));
    assertThat(key.pinRetries()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "123"})
  void tooShortAPinIsRefusedBeforeItIsSent(String pin) {
    VirtualKey key = VirtualKey.builder().build();
    Ctap2Client client = open(key);
    assertRefused(
        CtapStatus.PIN_POLICY_VIOLATION, () -> client.clientPin().setPin(pin.toCharArray()));
    assertThat(key.hasPin()).isFalse();
  }

  @Test
  void theLengthOfAPinIsCountedInCharactersAndItsMaximumInBytes() {
    Ctap2Client client = open(VirtualKey.builder().build());
    assertRefused(
        CtapStatus.PIN_POLICY_VIOLATION, () -> client.clientPin().setPin("😀😀😀".toCharArray()));
    assertRefused(
        CtapStatus.PIN_POLICY_VIOLATION,
        () -> client.clientPin().setPin("€".repeat(22).toCharArray()));
    client.clientPin().setPin("€".repeat(21).toCharArray());
    assertThat(client.getInfo().isClientPinSet()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void protocolOneAndTwoBothWorkWhereTheKeyHasThem(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).build();
    KeyConnection connection = connect(key);
    Ctap2Client client = new Ctap2Client(new ProtocolOneFirst(connection), new SecureRandom());
    client.clientPin().setPin(PIN);
    assertThat(client.getInfo().pinUvAuthProtocols().get(0)).isEqualTo(1);
    enrol(client, "ann@example.org");
    assertThat(key.credentials()).hasSize(1);
  }

  @Test
  void aTokenOfCtap21IsBoundToItsPermissions() {
    Ctap2Client client = clientWithPin(VirtualKey.builder().build());
    try (PinUvAuthToken token =
        client.clientPin().token(PIN, EnumSet.of(Permission.CREDENTIAL_MANAGEMENT), null)) {
      assertRefused(
          CtapStatus.PIN_AUTH_INVALID,
          () -> client.makeCredential(request("ann@example.org").verifiedBy(token), TOUCH));
    }
  }

  @Test
  void aClosedTokenIsNotUsed() {
    Ctap2Client client = clientWithPin(VirtualKey.builder().build());
    PinUvAuthToken token = client.clientPin().token(PIN, TO_ENROL, RP_ID);
    token.close();
    CredentialRequest request = request("ann@example.org").verifiedBy(token);
    assertThatThrownBy(() -> client.makeCredential(request, TOUCH))
        .isInstanceOf(IllegalStateException.class);
  }

  /** A key that prefers protocol one. */
  private record ProtocolOneFirst(KeyConnection key) implements KeyConnection {

    private static final byte[] TWO_FIRST = {0x06, (byte) 0x82, 0x02, 0x01};

    @Override
    public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
      byte[] response = key.exchange(request, timeout, listener);
      if (request[0] == 0x04) {
        for (int i = 0; i + 4 <= response.length; i++) {
          if (ByteBuffer.wrap(response, i, 4).equals(ByteBuffer.wrap(TWO_FIRST))) {
            response[i + 2] = 0x01;
            response[i + 3] = 0x02;
          }
        }
      }
      return response;
    }

    @Override
    public void cancel() {
      key.cancel();
    }

    @Override
    public void close() {
      key.close();
    }
  }
}
