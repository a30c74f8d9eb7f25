package dev.keysmith.core.ctap;

import static dev.keysmith.core.ctap.Samples.RP_ID;
import static dev.keysmith.core.ctap.Samples.TOUCH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.ctap.CredentialManagement.Metadata;
import dev.keysmith.core.ctap.CredentialManagement.StoredCredential;
import dev.keysmith.core.ctap.CredentialRequest.EnterpriseAttestation;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.CredentialCreationOptions.UserEntity;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The client manages and configures a key that was written independently of it. */
class VirtualKeyManagementTest extends VirtualKeyTests {

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CTAP_2_0")
  void listsAndDeletesPasskeys(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).maxDiscoverable(10).build();
    Ctap2Client client = clientWithPin(key);
    try (PinUvAuthToken token = managementToken(client)) {
      CredentialManagement management = client.credentialManagement(token);
      assertThat(management.metadata()).contains(new Metadata(0, 10));
      assertThat(management.relyingParties()).isEmpty();
    }
    enrol(client, "ann@example.org");
    Bytes second = enrol(client, "barbara@example.org").credential().credentialId();
    try (PinUvAuthToken token = managementToken(client)) {
      CredentialManagement management = client.credentialManagement(token);
      Bytes rpIdHash = Bytes.of(RP_ID.getBytes(UTF_8)).sha256();
      assertThat(management.metadata()).contains(new Metadata(2, 8));
      assertThat(management.relyingParties())
          .containsExactly(new CredentialManagement.StoredRelyingParty(RP_ID, rpIdHash));
      assertThat(management.credentials(rpIdHash))
          .extracting(credential -> credential.userName().orElse(""))
          .containsExactlyInAnyOrder("ann@example.org", "barbara@example.org");
      management.delete(second);
      assertThat(management.credentials(rpIdHash))
          .singleElement()
          .extracting(StoredCredential::userDisplayName)
          .isEqualTo(java.util.Optional.of("A. User"));
      assertRefused(CtapStatus.NO_CREDENTIALS, () -> management.delete(second));
      assertThat(management.credentials(Bytes.of(new byte[32]))).isEmpty();
    }
  }

  @Test
  void changesTheNamesOfAnAccount() {
    Ctap2Client client = clientWithPin(VirtualKey.builder().build());
    MadeCredential made = enrol(client, "ann@example.org");
    try (PinUvAuthToken token = managementToken(client)) {
      CredentialManagement management = client.credentialManagement(token);
      Bytes handle = Samples.options("ann@example.org").user().id();
      management.updateUser(
          made.credential().credentialId(), new UserEntity(handle, "ann@example.com", "Ann"));
      assertThat(management.credentials(made.authenticatorData().rpIdHash()))
          .singleElement()
          .satisfies(
              credential -> {
                assertThat(credential.userName()).contains("ann@example.com");
                assertThat(credential.userDisplayName()).contains("Ann");
                assertThat(credential.userHandle()).isEqualTo(handle);
                assertThat(credential.publicKey()).isEqualTo(made.credential().publicKey());
              });
    }
  }

  @Test
  void thePreviewOfCredentialManagementCannotChangeNames() {
    Ctap2Client client = clientWithPin(VirtualKey.builder().model(Model.CTAP_2_1_PRE).build());
    try (PinUvAuthToken token = managementToken(client)) {
      CredentialManagement management = client.credentialManagement(token);
      UserEntity user = Samples.options("ann@example.org").user();
      assertRefused(
          CtapStatus.UNSUPPORTED_OPTION, () -> management.updateUser(Bytes.of((byte) 1), user));
    }
  }

  @Test
  void aKeyOfCtap20HasNeitherManagementNorConfiguration() {
    Ctap2Client client = clientWithPin(VirtualKey.builder().model(Model.CTAP_2_0).build());
    try (PinUvAuthToken token = managementToken(client)) {
      assertRefused(CtapStatus.UNSUPPORTED_OPTION, () -> client.credentialManagement(token));
      assertRefused(CtapStatus.UNSUPPORTED_OPTION, () -> client.authenticatorConfig(token));
    }
  }

  @Test
  void setsThePoliciesOfAKey() {
    VirtualKey key = VirtualKey.builder().build();
    Ctap2Client client = clientWithPin(key);
    try (PinUvAuthToken token = configToken(client)) {
      AuthenticatorConfig config = client.authenticatorConfig(token);
      config.enableEnterpriseAttestation();
      config.toggleAlwaysUv();
      config.allowMinPinLengthFor(List.of(RP_ID));
      config.setMinPinLength(6);
      assertRefused(CtapStatus.PIN_POLICY_VIOLATION, () -> config.setMinPinLength(5));
    }
    AuthenticatorInfo info = client.getInfo();
    assertThat(info.has("ep")).isTrue();
    assertThat(info.alwaysUv()).isTrue();
    assertThat(info.minPinLength()).isEqualTo(6);
    assertThat(info.forcePinChange()).isFalse();
  }

  @Test
  void forcesAChangeOfThePin() {
    Ctap2Client client = clientWithPin(VirtualKey.builder().build());
    try (PinUvAuthToken token = configToken(client)) {
      client.authenticatorConfig(token).forcePinChange();
    }
    assertThat(client.getInfo().forcePinChange()).isTrue();
    assertRefused(
        CtapStatus.PIN_POLICY_VIOLATION, () -> client.clientPin().token(PIN, TO_ENROL, RP_ID));
    client.clientPin().changePin(PIN, "another".toCharArray());
    assertThat(client.getInfo().forcePinChange()).isFalse();
  }

  @Test
  void configuresAKeyThatHasNoPinYet() {
    Ctap2Client client = open(VirtualKey.builder().build());
    client.authenticatorConfig(null).setMinPinLength(8);
    assertThat(client.getInfo().minPinLength()).isEqualTo(8);
    assertRefused(CtapStatus.PIN_POLICY_VIOLATION, () -> client.clientPin().setPin(PIN));
  }

  @Test
  void asksForEnterpriseAttestationWhereItIsEnabled() {
    VirtualKey key = VirtualKey.builder().enterpriseRpIds(List.of(RP_ID)).build();
    Ctap2Client client = clientWithPin(key);
    CredentialRequest request =
        request("ann@example.org").attestedBy(EnterpriseAttestation.PLATFORM_MANAGED);
    try (PinUvAuthToken token = client.clientPin().token(PIN, TO_ENROL, RP_ID)) {
      assertRefused(
          CtapStatus.UNSUPPORTED_OPTION,
          () -> client.makeCredential(request.verifiedBy(token), TOUCH));
    }
    try (PinUvAuthToken token = configToken(client)) {
      client.authenticatorConfig(token).enableEnterpriseAttestation();
    }
    try (PinUvAuthToken token = client.clientPin().token(PIN, TO_ENROL, RP_ID)) {
      assertThat(client.makeCredential(request.verifiedBy(token), TOUCH).enterpriseAttestation())
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void resetErasesPinAndPasskeys(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).build();
    Ctap2Client client = clientWithPin(key);
    enrol(client, "ann@example.org");
    client.reset(TOUCH);
    assertThat(key.credentials()).isEmpty();
    client.clientPin().setPin("new pin".toCharArray());
    assertThat(client.getInfo().isClientPinSet()).isTrue();
  }
}
