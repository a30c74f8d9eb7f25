package dev.keysmith.core.ctap;

import static dev.keysmith.core.ctap.Samples.HASH;
import static dev.keysmith.core.ctap.Samples.RP_ID;
import static dev.keysmith.core.ctap.Samples.TOUCH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import dev.keysmith.core.ctap.CredentialManagement.Metadata;
import dev.keysmith.core.ctap.CredentialManagement.StoredCredential;
import dev.keysmith.core.ctap.CredentialRequest.EnterpriseAttestation;
import dev.keysmith.core.ctap.CredentialRequest.Protection;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import dev.keysmith.spi.idp.CredentialCreationOptions.UserEntity;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.Model;
import dev.keysmith.testing.key.TouchPolicy;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKeyTransport;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a key that was written independently of it. */
class VirtualKeyTest {

  private static final char[] PIN = "123456".toCharArray();
  private static final Set<Permission> TO_ENROL =
      EnumSet.of(Permission.MAKE_CREDENTIAL, Permission.GET_ASSERTION);

  private final VirtualKeyTransport transport = new VirtualKeyTransport();

  @AfterEach
  void closeTransport() {
    transport.close();
  }

  @ParameterizedTest
  @EnumSource
  void enrolsAPasskeyAndSignsWithIt(Model model) throws GeneralSecurityException {
    Ctap2Client client = clientWithPin(VirtualKey.builder().model(model).build());
    MadeCredential made = enrol(client, "ann@example.org");
    AttestationObject object =
        Objects.requireNonNull(
            new AttestationObjectConverter(new ObjectConverter())
                .convert(made.attestationObject().toArray()));
    AttestedCredentialData data =
        Objects.requireNonNull(object.getAuthenticatorData().getAttestedCredentialData());
    assertThat(object.getFormat()).isEqualTo(made.format());
    assertThat(Bytes.of(data.getCredentialId())).isEqualTo(made.credential().credentialId());
    assertThat(data.getAaguid().getValue())
        .isEqualTo(made.credential().aaguid())
        .isEqualTo(model.aaguid());
    assertThat(made.authenticatorData().userPresent()).isTrue();
    assertThat(made.authenticatorData().userVerified()).isTrue();

    List<Assertion> assertions =
        client.getAssertions(AssertionRequest.of(RP_ID, HASH).silent(), TOUCH);
    assertThat(assertions).hasSize(1);
    assertThat(assertions.get(0).credentialId()).isEqualTo(made.credential().credentialId());
    assertThat(assertions.get(0).userHandle())
        .contains(Samples.options("ann@example.org").user().id());
    assertThat(assertions.get(0).authenticatorData().userPresent()).isFalse();
    assertThat(
            isSignedBy(Objects.requireNonNull(data.getCOSEKey().getPublicKey()), assertions.get(0)))
        .isTrue();
  }

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

  @ParameterizedTest
  @EnumSource
  void anExcludedCredentialIsFoundAmongMoreThanTheKeyTakesAtOnce(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).build();
    Ctap2Client client = clientWithPin(key);
    Bytes held = enrol(client, "ann@example.org").credential().credentialId();
    List<Bytes> excluded = new ArrayList<>(foreignIds(40));
    excluded.add(33, held);
    assertRefused(
        CtapStatus.CREDENTIAL_EXCLUDED,
        () -> enrol(client, "bob@example.org", excluded.toArray(Bytes[]::new)));
    assertThat(key.credentials()).hasSize(1);
    enrol(client, "bob@example.org", foreignIds(40).toArray(Bytes[]::new));
    assertThat(key.credentials()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void recognisesAKeyByACredentialThatItHolds(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).build();
    Ctap2Client client = clientWithPin(key);
    Bytes held = enrol(client, "ann@example.org").credential().credentialId();
    key.touchPolicy(TouchPolicy.never());
    List<Bytes> ids = new ArrayList<>(foreignIds(20));
    assertThat(client.findCredential(RP_ID, ids, null)).isEmpty();
    ids.add(held);
    assertThat(client.findCredential(RP_ID, ids, null)).contains(held);
    assertThat(client.findCredential("other.example", ids, null)).isEmpty();
    assertThat(client.findCredential(RP_ID, List.of(), null)).isEmpty();
  }

  @Test
  void aProtectedCredentialIsFoundWithATokenOnly() {
    Ctap2Client client = clientWithPin(VirtualKey.builder().build());
    Bytes held;
    try (PinUvAuthToken token = client.clientPin().token(PIN, TO_ENROL, RP_ID)) {
      held =
          client
              .makeCredential(
                  request("ann@example.org").verifiedBy(token).protectedBy(Protection.UV_REQUIRED),
                  TOUCH)
              .credential()
              .credentialId();
    }
    assertThat(client.findCredential(RP_ID, List.of(held), null)).isEmpty();
    try (PinUvAuthToken token = client.clientPin().token(PIN, TO_ENROL, RP_ID)) {
      assertThat(client.findCredential(RP_ID, List.of(held), token)).contains(held);
    }
  }

  @Test
  void listsAllAssertionsOfARelyingParty() {
    Ctap2Client client = clientWithPin(VirtualKey.builder().build());
    enrol(client, "ann@example.org");
    enrol(client, "barbara@example.org");
    enrol(client, "c@example.org");
    assertThat(client.getAssertions(AssertionRequest.of(RP_ID, HASH), TOUCH))
        .hasSize(3)
        .allSatisfy(assertion -> assertThat(assertion.userHandle()).isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void anAllowListLongerThanTheKeyTakesYieldsTheOneItHolds(Model model) {
    Ctap2Client client = clientWithPin(VirtualKey.builder().model(model).build());
    Bytes held = enrol(client, "ann@example.org").credential().credentialId();
    List<Bytes> ids = new ArrayList<>(foreignIds(30));
    AssertionRequest request = AssertionRequest.of(RP_ID, HASH);
    assertRefused(
        CtapStatus.NO_CREDENTIALS, () -> client.getAssertions(request.allowing(ids), TOUCH));
    ids.add(held);
    assertThat(client.getAssertions(request.allowing(ids), TOUCH))
        .singleElement()
        .satisfies(
            assertion -> {
              assertThat(assertion.credentialId()).isEqualTo(held);
              assertThat(assertion.authenticatorData().userPresent()).isTrue();
            });
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CTAP_2_0")
  void listsAndDeletesPasskeys(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).maxDiscoverable(10).build();
    Ctap2Client client = clientWithPin(key);
    try (PinUvAuthToken token = managementToken(client)) {
      CredentialManagement management = client.credentialManagement(token);
      assertThat(management.metadata()).isEqualTo(new Metadata(0, 10));
      assertThat(management.relyingParties()).isEmpty();
    }
    enrol(client, "ann@example.org");
    Bytes second = enrol(client, "barbara@example.org").credential().credentialId();
    try (PinUvAuthToken token = managementToken(client)) {
      CredentialManagement management = client.credentialManagement(token);
      Bytes rpIdHash = Bytes.of(RP_ID.getBytes(UTF_8)).sha256();
      assertThat(management.metadata()).isEqualTo(new Metadata(2, 8));
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

  @Test
  void aFullKeySaysSo() {
    Ctap2Client client = clientWithPin(VirtualKey.builder().maxDiscoverable(1).build());
    enrol(client, "ann@example.org");
    assertRefused(CtapStatus.KEY_STORE_FULL, () -> enrol(client, "barbara@example.org"));
  }

  @Test
  void requiredVerificationWithoutAProofIsRefusedBeforeATouch() {
    VirtualKey key = VirtualKey.builder().touch(TouchPolicy.never()).build();
    Ctap2Client client = open(key);
    assertRefused(
        CtapStatus.PUAT_REQUIRED, () -> client.makeCredential(request("ann@example.org"), TOUCH));
    assertThat(key.requestsSeen(0x01)).isZero();
  }

  @Test
  void makesACredentialThatIsNotDiscoverableWithoutAPin() {
    VirtualKey key = VirtualKey.builder().build();
    CredentialRequest request =
        CredentialRequest.of(
            Samples.options("ann@example.org", Requirement.DISCOURAGED, Requirement.DISCOURAGED),
            HASH);
    MadeCredential made = open(key).makeCredential(request, TOUCH);
    assertThat(made.authenticatorData().userVerified()).isFalse();
    assertThat(key.credentials()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void selectionWaitsForATouchOnKeysOfAnyAge(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).touch(TouchPolicy.byHand()).build();
    List<KeepAliveListener.Status> seen = new ArrayList<>();
    open(key)
        .selection(
            new Interaction(
                Duration.ofSeconds(30),
                status -> {
                  seen.add(status);
                  key.touch();
                }));
    assertThat(seen).contains(KeepAliveListener.Status.USER_PRESENCE_NEEDED);
    assertThat(key.credentials()).isEmpty();
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

  @Test
  void aTouchThatDoesNotComeEndsWithTheTimeoutOfTheTransport() {
    VirtualKey key = VirtualKey.builder().build();
    Ctap2Client client = clientWithPin(key);
    key.touchPolicy(TouchPolicy.never());
    Interaction brief = new Interaction(Duration.ofMillis(1), KeepAliveListener.NONE);
    assertThatThrownBy(() -> client.selection(brief))
        .isInstanceOfSatisfying(
            PluginException.class,
            e -> assertThat(e.reason()).isEqualTo(PluginException.Reason.TIMED_OUT));
  }

  @Test
  void cancellationEndsTheWaitForATouch() {
    VirtualKey key = VirtualKey.builder().touch(TouchPolicy.never()).build();
    Ctap2Client client = open(key);
    Interaction cancelled = new Interaction(Duration.ofSeconds(30), status -> client.cancel());
    assertRefused(CtapStatus.KEEPALIVE_CANCEL, () -> client.selection(cancelled));
  }

  @Test
  void aKeyThatIsPulledOutStaysAFailureOfTheTransport() {
    VirtualKey key = VirtualKey.builder().build();
    Ctap2Client client = open(key);
    key.unplug();
    assertThatThrownBy(client::getInfo)
        .isInstanceOfSatisfying(
            PluginException.class,
            e -> assertThat(e.reason()).isEqualTo(PluginException.Reason.KEY_ABSENT));
  }

  private static MadeCredential enrol(Ctap2Client client, String login, Bytes... excluded) {
    try (PinUvAuthToken token = client.clientPin().token(PIN, TO_ENROL, RP_ID)) {
      return client.makeCredential(
          CredentialRequest.of(Samples.options(login, excluded), HASH).verifiedBy(token), TOUCH);
    }
  }

  private static CredentialRequest request(String login) {
    return CredentialRequest.of(Samples.options(login), HASH);
  }

  private static List<Bytes> foreignIds(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Bytes.of(ByteBuffer.allocate(64).putInt(i).array()))
        .toList();
  }

  private static PinUvAuthToken managementToken(Ctap2Client client) {
    return client.clientPin().token(PIN, EnumSet.of(Permission.CREDENTIAL_MANAGEMENT), null);
  }

  private static PinUvAuthToken configToken(Ctap2Client client) {
    return client.clientPin().token(PIN, EnumSet.of(Permission.AUTHENTICATOR_CONFIG), null);
  }

  private Ctap2Client clientWithPin(VirtualKey key) {
    Ctap2Client client = open(key);
    client.clientPin().setPin(PIN);
    return client;
  }

  private Ctap2Client open(VirtualKey key) {
    return new Ctap2Client(connect(key), new SecureRandom());
  }

  private KeyConnection connect(VirtualKey key) {
    return transport.open(transport.add(key));
  }

  private static boolean isSignedBy(java.security.PublicKey key, Assertion assertion)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(key);
    signature.update(assertion.authenticatorData().encoded().toArray());
    signature.update(HASH.toArray());
    return signature.verify(assertion.signature().toArray());
  }

  private static void assertRefused(CtapStatus status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(CtapException.class, e -> assertThat(e.status()).isEqualTo(status));
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
