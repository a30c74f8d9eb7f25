package dev.keysmith.core.ctap;

import static dev.keysmith.core.ctap.Samples.HASH;
import static dev.keysmith.core.ctap.Samples.RP_ID;
import static dev.keysmith.core.ctap.Samples.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import dev.keysmith.core.ctap.CredentialRequest.Protection;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client makes and uses credentials on a key that was written independently of it. */
class VirtualKeyCredentialsTest extends VirtualKeyTests {

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
}
